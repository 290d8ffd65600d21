-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "prices" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Invocation" ADD COLUMN     "cost" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "PlaygroundVote" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "contenders" JSONB NOT NULL,
    "outcome" TEXT NOT NULL,
    "winner" INTEGER,
    "promptHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PlaygroundVote_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PlaygroundVote_ownerId_createdAt_idx" ON "PlaygroundVote"("ownerId", "createdAt");

-- CreateIndex
CREATE INDEX "PlaygroundVote_task_idx" ON "PlaygroundVote"("task");

-- AddForeignKey
ALTER TABLE "PlaygroundVote" ADD CONSTRAINT "PlaygroundVote_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "PlaygroundSession" ADD COLUMN     "folder" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "terms" TEXT,
ADD COLUMN     "words" TEXT,
ADD COLUMN     "search" tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, COALESCE("terms", ''))) STORED;

-- CreateIndex
CREATE INDEX "PlaygroundSession_search_idx" ON "PlaygroundSession" USING GIN ("search");

-- CreateTable
CREATE TABLE "PlaygroundSnapshot" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "sessionId" TEXT,
    "title" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PlaygroundSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PlaygroundSnapshot_ownerId_createdAt_idx" ON "PlaygroundSnapshot"("ownerId", "createdAt");

-- CreateIndex
CREATE INDEX "PlaygroundSnapshot_sessionId_idx" ON "PlaygroundSnapshot"("sessionId");

-- AddForeignKey
ALTER TABLE "PlaygroundSnapshot" ADD CONSTRAINT "PlaygroundSnapshot_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlaygroundSnapshot" ADD CONSTRAINT "PlaygroundSnapshot_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "PlaygroundSession"("id") ON DELETE SET NULL ON UPDATE CASCADE;

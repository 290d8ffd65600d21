-- CreateTable
CREATE TABLE "PlaygroundSnapshotPrompt" (
    "snapshotId" TEXT NOT NULL,
    "promptId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "PlaygroundSnapshotPrompt_pkey" PRIMARY KEY ("snapshotId","promptId","version")
);

-- CreateIndex
CREATE INDEX "PlaygroundSnapshotPrompt_promptId_idx" ON "PlaygroundSnapshotPrompt"("promptId");

-- AddForeignKey
ALTER TABLE "PlaygroundSnapshotPrompt" ADD CONSTRAINT "PlaygroundSnapshotPrompt_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "PlaygroundSnapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlaygroundSnapshotPrompt" ADD CONSTRAINT "PlaygroundSnapshotPrompt_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "Prompt" ADD COLUMN     "fetchedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "PromptFetches" (
    "promptId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PromptFetches_pkey" PRIMARY KEY ("promptId","version","day")
);

-- AddForeignKey
ALTER TABLE "PromptFetches" ADD CONSTRAINT "PromptFetches_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

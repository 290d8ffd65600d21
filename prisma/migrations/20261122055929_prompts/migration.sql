-- AlterTable
ALTER TABLE "Invocation" ADD COLUMN     "promptAlias" TEXT,
ADD COLUMN     "promptId" TEXT,
ADD COLUMN     "promptVariables" JSONB,
ADD COLUMN     "promptVersion" INTEGER;

-- CreateTable
CREATE TABLE "Prompt" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "lastNumber" INTEGER NOT NULL DEFAULT 0,
    "searchText" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PromptVersion" (
    "promptId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "baseNumber" INTEGER,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PromptVersion_pkey" PRIMARY KEY ("promptId","number")
);

-- CreateTable
CREATE TABLE "PromptDraft" (
    "promptId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "baseNumber" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PromptDraft_pkey" PRIMARY KEY ("promptId","userId")
);

-- CreateTable
CREATE TABLE "PromptAlias" (
    "promptId" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PromptAlias_pkey" PRIMARY KEY ("promptId","alias")
);

-- CreateTable
CREATE TABLE "PromptAliasRule" (
    "promptId" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "moverIds" TEXT[],
    "approval" BOOLEAN NOT NULL DEFAULT false,
    "setById" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PromptAliasRule_pkey" PRIMARY KEY ("promptId","alias")
);

-- CreateTable
CREATE TABLE "PromptAliasMove" (
    "seq" BIGSERIAL NOT NULL,
    "promptId" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "from" INTEGER,
    "to" INTEGER,
    "why" TEXT NOT NULL,
    "undoes" BIGINT,
    "requestId" TEXT,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PromptAliasMove_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "PromptMoveRequest" (
    "id" TEXT NOT NULL,
    "promptId" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "from" INTEGER,
    "to" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "requestedById" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decisionComment" TEXT NOT NULL DEFAULT '',
    "seenAt" TIMESTAMPTZ(3),

    CONSTRAINT "PromptMoveRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PromptAliasMove_promptId_seq_idx" ON "PromptAliasMove"("promptId", "seq");

-- CreateIndex
CREATE INDEX "PromptMoveRequest_promptId_state_idx" ON "PromptMoveRequest"("promptId", "state");

-- CreateIndex
CREATE INDEX "PromptMoveRequest_requestedById_requestedAt_idx" ON "PromptMoveRequest"("requestedById", "requestedAt");

-- CreateIndex
CREATE INDEX "Invocation_promptId_startedAt_idx" ON "Invocation"("promptId", "startedAt");

-- AddForeignKey
ALTER TABLE "PromptVersion" ADD CONSTRAINT "PromptVersion_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromptDraft" ADD CONSTRAINT "PromptDraft_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromptAlias" ADD CONSTRAINT "PromptAlias_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromptAliasRule" ADD CONSTRAINT "PromptAliasRule_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromptAliasMove" ADD CONSTRAINT "PromptAliasMove_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromptMoveRequest" ADD CONSTRAINT "PromptMoveRequest_promptId_fkey" FOREIGN KEY ("promptId") REFERENCES "Prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

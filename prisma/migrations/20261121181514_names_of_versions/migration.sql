-- AlterTable
ALTER TABLE "Invocation" ADD COLUMN     "calledAs" TEXT,
ADD COLUMN     "registeredModel" TEXT,
ADD COLUMN     "registeredVersion" INTEGER;

-- AlterTable
ALTER TABLE "RegisteredModel" ADD COLUMN     "lastNumber" INTEGER NOT NULL DEFAULT 0;

-- What was numbered before goes on from its last number.
UPDATE "RegisteredModel" SET "lastNumber" = COALESCE((SELECT max("number") FROM "ModelVersion" WHERE "modelId" = "RegisteredModel"."id"), 0);

-- CreateTable
CREATE TABLE "RetiredModelName" (
    "name" TEXT NOT NULL,
    "lastNumber" INTEGER NOT NULL,
    "deletedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RetiredModelName_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "Invocation_registeredModel_startedAt_idx" ON "Invocation"("registeredModel", "startedAt");

-- CreateEnum
CREATE TYPE "AuditLevel" AS ENUM ('ACCOUNT_LEVEL', 'WORKSPACE_LEVEL');

-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN     "auditLevel" "AuditLevel" NOT NULL DEFAULT 'WORKSPACE_LEVEL',
ADD COLUMN     "mac" BYTEA,
ADD COLUMN     "privilege" TEXT,
ADD COLUMN     "securableId" TEXT,
ADD COLUMN     "securableKind" TEXT,
ADD COLUMN     "securableName" TEXT,
ADD COLUMN     "why" TEXT,
ADD COLUMN     "searched" TEXT GENERATED ALWAYS AS (lower("serviceName" || '.' || "actionName" || ' ' || "userIdentity" || ' ' || coalesce("securableName", '') || ' ' || coalesce("errorMessage", '') || ' ' || "requestParams"::text)) STORED,
ALTER COLUMN "seq" DROP DEFAULT,
ALTER COLUMN "eventTime" DROP DEFAULT;
DROP SEQUENCE "AuditEvent_seq_seq";

-- CreateTable
CREATE TABLE "AuditHead" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL,
    "mac" BYTEA NOT NULL,
    "keyCheck" BYTEA NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditCheckpoint" (
    "seq" BIGINT NOT NULL,
    "mac" BYTEA NOT NULL,
    "removedAt" TIMESTAMPTZ(3) NOT NULL,
    "proof" BYTEA NOT NULL,

    CONSTRAINT "AuditCheckpoint_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "AuditSearch" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditSearch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditSearch_ownerId_name_key" ON "AuditSearch"("ownerId", "name");

-- CreateIndex
CREATE INDEX "AuditEvent_userId_seq_idx" ON "AuditEvent"("userId", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_userIdentity_seq_idx" ON "AuditEvent"("userIdentity", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_requestId_idx" ON "AuditEvent"("requestId");

-- CreateIndex
CREATE INDEX "AuditEvent_securableName_seq_idx" ON "AuditEvent"("securableName", "seq");

-- AddForeignKey
ALTER TABLE "AuditSearch" ADD CONSTRAINT "AuditSearch_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What comes before the chain is numbered without gaps here; the next start chains it.
ALTER TABLE "AuditEvent" DISABLE TRIGGER "AuditEvent_append_only";
UPDATE "AuditEvent" SET "auditLevel" = 'ACCOUNT_LEVEL' WHERE "serviceName" = 'accounts';
UPDATE "AuditEvent" AS e SET "seq" = -n.place
FROM (SELECT "seq", row_number() OVER (ORDER BY "seq") AS place FROM "AuditEvent") AS n
WHERE n."seq" = e."seq";
UPDATE "AuditEvent" SET "seq" = -"seq";
ALTER TABLE "AuditEvent" ENABLE TRIGGER "AuditEvent_append_only";

-- Not valid: it holds for every new row at once, without asking for those that wait to be chained.
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_chained" CHECK ("mac" IS NOT NULL) NOT VALID;
ALTER TABLE "AuditHead" ADD CONSTRAINT "AuditHead_single" CHECK ("id" = 1);

-- Two narrow ways through: a row from before the chain gets its MAC once, and retention removes rows that a
-- checkpoint covers and that are older than any retention may be.
CREATE OR REPLACE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD."mac" IS NULL AND NEW."mac" IS NOT NULL
      -- What is made of the other columns is made after this.
      AND to_jsonb(OLD) - '{mac,searched}'::text[] = to_jsonb(NEW) - '{mac,searched}'::text[] THEN
      RETURN NEW;
    END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD."eventTime" < now() - interval '30 days'
      AND OLD."seq" <= (SELECT max("seq") FROM "AuditCheckpoint") THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'AuditEvent is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION "refuse_audit_rewind"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'AuditHead' AND TG_OP = 'UPDATE' THEN
    IF NEW."seq" > OLD."seq" AND NEW."keyCheck" = OLD."keyCheck" THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% only moves on', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER "AuditHead_moves_on" BEFORE UPDATE OR DELETE ON "AuditHead"
FOR EACH ROW EXECUTE FUNCTION "refuse_audit_rewind"();
CREATE TRIGGER "AuditHead_no_truncate" BEFORE TRUNCATE ON "AuditHead"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_rewind"();
CREATE TRIGGER "AuditCheckpoint_append_only" BEFORE UPDATE OR DELETE ON "AuditCheckpoint"
FOR EACH ROW EXECUTE FUNCTION "refuse_audit_rewind"();
CREATE TRIGGER "AuditCheckpoint_no_truncate" BEFORE TRUNCATE ON "AuditCheckpoint"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_rewind"();

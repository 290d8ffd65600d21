-- CreateTable
CREATE TABLE "Securable" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parentId" TEXT,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "properties" JSONB NOT NULL DEFAULT '{}',
    "details" JSONB NOT NULL DEFAULT '{}',
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "droppedAt" TIMESTAMPTZ(3),
    "droppedById" TEXT,
    "dropId" TEXT,

    CONSTRAINT "Securable_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "securableId" TEXT NOT NULL,
    "principalId" TEXT NOT NULL,
    "privilege" TEXT NOT NULL,
    "bit" INTEGER NOT NULL,
    "grantedById" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("securableId","principalId","privilege")
);

-- CreateTable
CREATE TABLE "SecurableTag" (
    "securableId" TEXT NOT NULL,
    "part" TEXT NOT NULL DEFAULT '',
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "setById" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SecurableTag_pkey" PRIMARY KEY ("securableId","part","key")
);

-- CreateTable
CREATE TABLE "CalledName" (
    "name" TEXT NOT NULL,
    "securableId" TEXT NOT NULL,

    CONSTRAINT "CalledName_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "AccessRequest" (
    "id" TEXT NOT NULL,
    "requesterId" TEXT NOT NULL,
    "securableId" TEXT,
    "securableName" TEXT NOT NULL,
    "privileges" TEXT[],
    "comment" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decisionComment" TEXT NOT NULL DEFAULT '',
    "seenAt" TIMESTAMPTZ(3),

    CONSTRAINT "AccessRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AttributePolicy" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "securableId" TEXT NOT NULL,
    "toIds" TEXT[],
    "exceptIds" TEXT[],
    "definition" JSONB NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "AttributePolicy_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Securable_parentId_nameKey_idx" ON "Securable"("parentId", "nameKey");

-- CreateIndex
CREATE INDEX "Securable_ownerId_idx" ON "Securable"("ownerId");

-- CreateIndex
CREATE INDEX "Securable_dropId_idx" ON "Securable"("dropId");

-- CreateIndex
CREATE INDEX "Grant_principalId_idx" ON "Grant"("principalId");

-- CreateIndex
CREATE INDEX "SecurableTag_key_value_idx" ON "SecurableTag"("key", "value");

-- CreateIndex
CREATE INDEX "CalledName_securableId_idx" ON "CalledName"("securableId");

-- CreateIndex
CREATE INDEX "AccessRequest_requesterId_createdAt_idx" ON "AccessRequest"("requesterId", "createdAt");

-- CreateIndex
CREATE INDEX "AccessRequest_securableId_state_idx" ON "AccessRequest"("securableId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "AttributePolicy_securableId_nameKey_key" ON "AttributePolicy"("securableId", "nameKey");

-- AddForeignKey
ALTER TABLE "Securable" ADD CONSTRAINT "Securable_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Securable"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecurableTag" ADD CONSTRAINT "SecurableTag_securableId_fkey" FOREIGN KEY ("securableId") REFERENCES "Securable"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalledName" ADD CONSTRAINT "CalledName_securableId_fkey" FOREIGN KEY ("securableId") REFERENCES "Securable"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessRequest" ADD CONSTRAINT "AccessRequest_securableId_fkey" FOREIGN KEY ("securableId") REFERENCES "Securable"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One name, one live object: an object that was dropped keeps its row but not its name.
CREATE UNIQUE INDEX "Securable_live_name" ON "Securable"("parentId", "nameKey") WHERE "droppedAt" IS NULL;

-- The namespace of a new workbench. Ids of these three are fixed: other domains put their objects there.
INSERT INTO "Securable" ("id", "kind", "parentId", "name", "nameKey", "ownerId", "comment") VALUES
  ('metastore', 'metastore', NULL, 'metastore', 'metastore', 'admins', ''),
  ('cat_main', 'catalog', 'metastore', 'main', 'main', 'admins', 'The catalog every workbench starts with.'),
  ('sch_default', 'schema', 'cat_main', 'default', 'default', 'admins', 'Models and whatever has no other place.');

-- Everybody may pass through them; what is inside is granted object by object.
INSERT INTO "Grant" ("securableId", "principalId", "privilege", "bit", "grantedById") VALUES
  ('cat_main', 'all_users', 'USE CATALOG', 16, 'admins'),
  ('sch_default', 'all_users', 'USE SCHEMA', 32, 'admins');

-- People of an earlier release could call every model and see every connection: they keep that.
INSERT INTO "Grant" ("securableId", "principalId", "privilege", "bit", "grantedById")
SELECT 'sch_default', 'all_users', 'EXECUTE', 2097152, 'admins' WHERE EXISTS (SELECT 1 FROM "User");

INSERT INTO "Securable" ("id", "kind", "parentId", "name", "nameKey", "ownerId", "createdById", "createdAt", "updatedAt")
SELECT "id", 'connection', 'metastore', "name", lower("name"), 'admins', "createdById", "createdAt", "updatedAt"
FROM "Connection";
INSERT INTO "Grant" ("securableId", "principalId", "privilege", "bit", "grantedById")
SELECT "id", 'all_users', 'USE CONNECTION', 262144, 'admins' FROM "Connection";

-- Names that differ in case only were allowed for models: the later one is marked, and can be renamed.
INSERT INTO "Securable" ("id", "kind", "parentId", "name", "nameKey", "ownerId", "comment", "createdById", "createdAt", "updatedAt")
SELECT "id", 'model', 'sch_default', "name",
  CASE WHEN row_number() OVER (PARTITION BY lower("name") ORDER BY "createdAt", "id") = 1
    THEN lower("name") ELSE lower("name") || '~' || "id" END,
  coalesce("ownerId", 'admins'), "description", "createdById", "createdAt", "updatedAt"
FROM "RegisteredModel";
INSERT INTO "CalledName" ("name", "securableId")
SELECT DISTINCT ON ("servedAs") "servedAs", "modelId" FROM "ModelVersion" ORDER BY "servedAs", "createdAt" DESC;

-- A schema of one's own for everybody who has an account.
INSERT INTO "Securable" ("id", "kind", "parentId", "name", "nameKey", "ownerId", "createdById")
SELECT 'sch_' || "id", 'schema', 'cat_main', name, lower(name), "id", "id"
FROM (
  SELECT "id", base || CASE WHEN n = 1 AND base NOT IN ('default', '') THEN '' ELSE '_' || n END AS name
  FROM (
    SELECT "id", base, row_number() OVER (PARTITION BY base ORDER BY "createdAt", "id") AS n
    FROM (
      SELECT "id", "createdAt", regexp_replace(lower(split_part("email", '@', 1)), '[^a-z0-9_-]', '_', 'g') AS base
      FROM "User"
    ) AS bases
  ) AS counted
) AS named
ON CONFLICT DO NOTHING;

INSERT INTO "PolicyEpoch" ("id", "epoch") VALUES (1, 1) ON CONFLICT ("id") DO UPDATE SET "epoch" = "PolicyEpoch"."epoch" + 1;

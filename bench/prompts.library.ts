import { grantMask } from "@/lib/access/server";
import { keyHash, makeKey, readKey } from "@/lib/auth/key-format";
import { establishSecretKey } from "@/lib/auth/server";
import { type Database, db } from "@/lib/db/server";

export const sizes = { schemas: 100, prompts: 10_000, versions: 50 };
/** Prompts whose versions are written in one statement. */
const atOnce = 500;

export const fullName = (n: number) => `main.team-${n % sizes.schemas}.prompt-${n}`;

const sentences = [
  "You sort what customers write to the support of a shop for lamps.",
  "Answer in {{language}}, in one sentence, and name the order where there is one.",
  "Do not promise a refund; say who decides about it and when.",
  "Where nothing fits, say so instead of guessing.",
];

/** The text of version `v.n` of prompt `p.n`: everyday words in all, a marker in one of a hundred, a name in one. */
const text = `${sentences.map((sentence) => `'${sentence} '`).join(" || ")} ||
  'Case {{ticket}} of desk ' || (p.n % 37) || ', try ' || v.n || '. ' ||
  CASE WHEN p.n % 100 = 3 THEN 'Speak of warranty. ' ELSE '' END ||
  CASE WHEN p.n = 7777 THEN 'Mind the quokka.' ELSE '' END`;

async function fillPrompts(database: Database): Promise<void> {
  const { prisma } = database;
  await prisma.$executeRawUnsafe(`
    INSERT INTO "Securable" ("id", "kind", "parentId", "name", "nameKey", "ownerId")
    SELECT 'sch_' || n, 'schema', 'cat_main', 'team-' || n, 'team-' || n, 'admins'
    FROM generate_series(0, ${sizes.schemas - 1}) AS n`);
  await prisma.$executeRawUnsafe(`
    INSERT INTO "Securable" ("id", "kind", "parentId", "name", "nameKey", "ownerId", "comment")
    SELECT 'pmt_' || n, 'prompt', 'sch_' || n % ${sizes.schemas}, 'prompt-' || n, 'prompt-' || n, 'admins', 'Made for a try.'
    FROM generate_series(0, ${sizes.prompts - 1}) AS n`);
  await prisma.$executeRawUnsafe(`
    INSERT INTO "Prompt" ("id", "type", "lastNumber", "searchText")
    SELECT 'pmt_' || p.n, 'text', v.n, lower(${text})
    FROM generate_series(0, ${sizes.prompts - 1}) AS p(n), (SELECT ${sizes.versions}) AS v(n)`);
  for (let from = 0; from < sizes.prompts; from += atOnce) {
    await prisma.$executeRawUnsafe(`
      INSERT INTO "PromptVersion" ("promptId", "number", "content", "hash", "message", "baseNumber", "createdById")
      SELECT 'pmt_' || p.n, v.n, jsonb_build_object('type', 'text', 'text', ${text}, 'variables', '[]'::jsonb,
        'model', null, 'parameters', '{}'::jsonb, 'responseFormat', null),
        md5(p.n || ' ' || v.n), 'Try ' || v.n, nullif(v.n - 1, 0), 'usr_bench'
      FROM generate_series(${from}, ${from + atOnce - 1}) AS p(n), generate_series(1, ${sizes.versions}) AS v(n)`);
  }
  await prisma.$executeRawUnsafe(`
    INSERT INTO "PromptAlias" ("promptId", "alias", "version", "updatedAt")
    SELECT 'pmt_' || n, alias, 1 + (n + length(alias)) % ${sizes.versions}, now()
    FROM generate_series(0, ${sizes.prompts - 1}) AS n, unnest(ARRAY['production', 'staging']) AS alias`);
  await prisma.$executeRawUnsafe(`
    INSERT INTO "SecurableTag" ("securableId", "key", "value", "setById")
    SELECT 'pmt_' || n, 'team', CASE WHEN n % 50 = 0 THEN 'returns' ELSE 'support' END, 'usr_bench'
    FROM generate_series(0, ${sizes.prompts - 1}) AS n`);
  await prisma.$executeRawUnsafe(`
    INSERT INTO "Invocation" ("id", "requestId", "traceId", "userId", "source", "task", "model", "promptId",
      "promptVersion", "engine", "device", "parameters", "stream", "startedAt", "durationMs", "outcome", "statusCode")
    SELECT 'inv_' || n, 'r', 't', 'usr_bench', 'api', 'chat', 'm', 'pmt_' || n % ${sizes.prompts}, ${sizes.versions},
      'server', 'CPU', '{}', false, now() - n * interval '1 minute', 100, 'ok', 200
    FROM generate_series(0, ${sizes.prompts * 2 - 1}) AS n`);
}

type Prisma = Database["prisma"];

async function makePerson(prisma: Prisma, id: string, role: "admin" | "member"): Promise<string> {
  const key = makeKey();
  const read = readKey(key);
  if ("wrong" in read) throw new Error("makeKey made a key that readKey refuses");
  await prisma.user.create({ data: { id, email: `${role}@desk.example`, name: role, role } });
  const hash = new Uint8Array(keyHash(key));
  await prisma.apiKey.create({ data: { id: read.id, ownerId: id, name: "bench", hash } });
  return key;
}

/** Somebody who may read every prompt as a member of a group that lies in a group. */
async function fillReader(prisma: Prisma): Promise<string> {
  for (const name of ["readers", "desk"]) {
    await prisma.group.create({ data: { id: `grp_${name}`, name, nameKey: name } });
  }
  await prisma.groupMember.createMany({
    data: [
      { groupId: "grp_readers", memberId: "grp_desk", memberKind: "group" },
      { groupId: "grp_desk", memberId: "usr_bench", memberKind: "user" },
    ],
  });
  const privileges = ["USE CATALOG", "USE SCHEMA", "EXECUTE"] as const;
  await prisma.grant.createMany({
    data: privileges.map((privilege) => ({
      securableId: "cat_main",
      principalId: "grp_readers",
      privilege,
      bit: grantMask([privilege]),
      grantedById: "admins",
    })),
  });
  return makePerson(prisma, "usr_bench", "member");
}

/** Fills the data folder of the settings with prompts, somebody who may read them and an administrator; returns their keys. */
export async function fillLibrary(): Promise<{ key: string; adminKey: string }> {
  const database = await db();
  await establishSecretKey();
  await fillPrompts(database);
  const key = await fillReader(database.prisma);
  const adminKey = await makePerson(database.prisma, "usr_admin", "admin");
  await database.close();
  return { key, adminKey };
}

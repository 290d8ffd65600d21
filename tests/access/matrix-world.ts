import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allUsers } from "@/lib/access";
import { defaultSchemaId, mainCatalogId, reloadPolicy } from "@/lib/access/server";
import { saveSearch } from "@/lib/audit-log/server";
import {
  type Context,
  createGroup,
  createKey,
  createServicePrincipal,
  makeKey,
  updateUser,
} from "@/lib/auth/server";
import { policyCreation } from "@/lib/catalog";
import {
  changeGrants,
  createInSchema,
  createObject,
  createPolicy,
  createRequest,
} from "@/lib/catalog/server";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { createConnection, handleV1 } from "@/lib/gateway/server";
import { createSession, createSnapshot } from "@/lib/playground/server";
import { promptCreation } from "@/lib/prompts";
import { createPrompt, moveAlias, requestMove, saveAliasRule } from "@/lib/prompts/server";
import { createModel } from "@/lib/registry/server";
import { documentWith } from "../playground/documents";
import { serve } from "../registry/support";
import { anotherContext, cookieOf, testContext, testKey } from "../support/context";

/** Part of every name in the fixture: known to whoever may see the object. */
export const nameCanary = "kestrelname";
/** Part of every text and secret in it that belongs to one person or to administrators. Who is there is no secret: one grants to people. */
export const privateCanary = "kestrelprivate";

/** A way of saying who one is, as headers. */
export interface Credential {
  who:
    | "nobody"
    | "deactivated"
    | "expired"
    | "revoked"
    | "no grants"
    | "read-only"
    | "other schema"
    | "narrow";
  by: "cookie" | "bearer";
  headers: Record<string, string>;
}

export interface MatrixWorld {
  credentials: Credential[];
  /** Ids of what nobody of them owns. */
  ids: {
    admin: string;
    owner: string;
    servicePrincipal: string;
    group: string;
    catalog: string;
    schema: string;
    table: string;
    function: string;
    connection: string;
    model: string;
    playground: string;
    snapshot: string;
    search: string;
    key: string;
    session: string;
    request: string;
    vote: string;
    event: string;
    policy: string;
    promptMove: string;
  };
  /** The name by which calls reach the model. */
  called: string;
  v1: { url: string; close(): Promise<void> };
}

const origin = "http://127.0.0.1:3000";
const cookieHeaders = async (ctx: Context) => ({ cookie: await cookieOf(ctx), origin });
const bearerHeaders = (key: string) => ({ authorization: `Bearer ${key}` });

async function credentialsOf(who: Credential["who"], ctx: Context): Promise<Credential[]> {
  return [
    { who, by: "cookie", headers: await cookieHeaders(ctx) },
    { who, by: "bearer", headers: bearerHeaders(await testKey(ctx)) },
  ];
}

async function endedCredentials(admin: Context): Promise<Credential[]> {
  const { prisma } = await db();
  const past = new Date(Date.now() - 1000);
  const gone = await anotherContext({ name: "Gone" });
  const deactivated = await credentialsOf("deactivated", gone);
  await updateUser(admin, gone.actor.userId, { disabled: true });
  // Switching off has ended both as well; the account's state alone must be enough.
  await prisma.session.updateMany({ where: { userId: gone.actor.userId }, data: { revokedAt: null } });
  await prisma.apiKey.updateMany({ where: { ownerId: gone.actor.userId }, data: { revokedAt: null } });
  const late = await anotherContext({ role: "admin", name: "Late" });
  const expired: Credential[] = [
    { who: "expired", by: "cookie", headers: await cookieHeaders(late) },
    { who: "expired", by: "bearer", headers: bearerHeaders(await testKey(late, { expiresAt: past })) },
  ];
  await prisma.session.updateMany({ where: { userId: late.actor.userId }, data: { expiresAt: past } });
  const ended = await anotherContext({ role: "admin", name: "Ended" });
  const revoked = await credentialsOf("revoked", ended);
  await prisma.session.updateMany({ where: { userId: ended.actor.userId }, data: { revokedAt: past } });
  await prisma.apiKey.updateMany({ where: { ownerId: ended.actor.userId }, data: { revokedAt: past } });
  const nobody: Credential[] = [
    { who: "nobody", by: "cookie", headers: { cookie: "next-auth.session-token=none", origin } },
    { who: "nobody", by: "bearer", headers: bearerHeaders(makeKey()) },
  ];
  return [...nobody, ...deactivated, ...expired, ...revoked];
}

async function listen(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => void handleV1(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A workbench with one of everything, and everybody who should get at none of it. */
export async function matrixWorld(): Promise<MatrixWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), "tessera-matrix-"));
  Object.assign(process.env, { DATA_DIR: dataDir, ALLOW_PRIVATE_HOSTS: "127.0.0.1" });
  for (const each of ["core.safe-dispatcher", "inference.manifests", "models.downloads", "gateway.upstreams"])
    dropSingle(each);
  const admin = await testContext({ role: "admin", email: "ada@example.org", name: "Ada" });
  const owner = await anotherContext({ email: "olga@example.org", name: "Olga" });
  const { prisma } = await db();

  const catalog = await createObject(admin, {
    kind: "catalog",
    parentId: "metastore",
    name: `${nameCanary}_catalog`,
    comment: nameCanary,
    properties: { [nameCanary]: nameCanary },
  });
  const schema = await createObject(admin, {
    kind: "schema",
    parentId: catalog.id,
    name: `${nameCanary}_schema`,
    comment: nameCanary,
    properties: {},
  });
  const inSchema = (kind: "table" | "volume" | "function") =>
    createInSchema(admin, schema.id, {
      kind,
      name: `${nameCanary}_${kind}`,
      comment: nameCanary,
      properties: { [nameCanary]: nameCanary },
      details: {
        storage_location: `file:///${nameCanary}`,
        ...(kind === "function" ? { input_params: { parameters: [] }, data_type: "BOOLEAN" } : {}),
      },
    });
  const table = await inSchema("table");
  await inSchema("volume");
  const routine = await inSchema("function");
  const policy = await createPolicy(
    admin,
    schema.id,
    policyCreation.parse({
      name: `${nameCanary}_policy`,
      comment: privateCanary,
      to: [allUsers],
      definition: { type: "row_filter", functionId: routine.id },
    }),
  );
  const prompt = await createPrompt(
    admin,
    promptCreation.parse({
      schema: schema.fullName,
      name: `${nameCanary}_prompt`,
      comment: nameCanary,
      content: { type: "text", text: privateCanary },
    }),
  );
  await moveAlias(admin, prompt.fullName, "production", { version: 1, from: null, why: nameCanary });
  await saveAliasRule(admin, prompt.fullName, "staging", { movers: [], approval: true });
  const promptMove = await requestMove(admin, prompt.fullName, "staging", {
    version: 1,
    from: null,
    why: privateCanary,
  });
  const elsewhere = await createObject(admin, {
    kind: "catalog",
    parentId: "metastore",
    name: "elsewhere",
    comment: "",
    properties: {},
  });
  const beside = await createObject(admin, {
    kind: "schema",
    parentId: elsewhere.id,
    name: "beside",
    comment: "",
    properties: {},
  });

  const called = `${nameCanary}-desk`;
  serve(dataDir, called, { description: nameCanary });
  const model = await createModel(admin, {
    name: `${nameCanary}-model`,
    description: nameCanary,
    servedAs: called,
  });
  const connection = await createConnection(admin, {
    name: `${nameCanary}-up`,
    baseUrl: "http://127.0.0.1:9/v1",
    apiKey: `sk-${privateCanary}-0123456789`,
    models: [`${nameCanary}/large`],
  });
  const group = await createGroup(admin, { name: "quiet group", description: privateCanary });
  const servicePrincipal = await createServicePrincipal(admin, { name: "quiet service" });
  const document = documentWith({ system: privateCanary });
  const playground = await createSession(owner, { title: privateCanary, document });
  const snapshot = await createSnapshot(owner, { title: "shared", document: documentWith() });
  const search = await saveSearch(admin, { name: privateCanary, filter: { person: privateCanary } });
  const key = await createKey(owner, { name: privateCanary });
  const request = await createRequest(owner, {
    name: schema.fullName,
    kind: "schema",
    privileges: ["USE SCHEMA"],
    comment: privateCanary,
  });
  const vote = await prisma.playgroundVote.create({
    data: {
      id: "vote_kestrel",
      ownerId: owner.actor.userId,
      task: nameCanary,
      contenders: [{ model: called, engine: "server" }],
      outcome: "tie",
      promptHash: "0".repeat(64),
    },
  });
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { userId: owner.actor.userId } });

  const plain = await anotherContext({ name: "Nina" });
  const reader = await anotherContext({ name: "Rita" });
  const neighbour = await anotherContext({ name: "Otto" });
  const grant = (objectIds: string[], principalId: string, ...add: string[]) =>
    changeGrants(admin, { objectIds, changes: [{ principalId, add: add as never[], remove: [] }] });
  await grant([catalog.id], reader.actor.userId, "BROWSE", "USE CATALOG", "USE SCHEMA", "SELECT");
  await grant([mainCatalogId], reader.actor.userId, "BROWSE");
  await grant([connection.id], reader.actor.userId, "USE CONNECTION");
  await grant([elsewhere.id], neighbour.actor.userId, "ALL PRIVILEGES", "MANAGE");
  // Whatever everybody has there is no part of this.
  await prisma.grant.deleteMany({
    where: { principalId: allUsers, securableId: defaultSchemaId, privilege: "EXECUTE" },
  });
  const narrow = await createKey(admin, {
    name: "narrow",
    scopes: { privileges: ["EXECUTE"], securables: [beside.fullName] },
  });
  await reloadPolicy();

  const { server, url } = await listen();
  return {
    credentials: [
      ...(await endedCredentials(admin)),
      ...(await credentialsOf("no grants", plain)),
      ...(await credentialsOf("read-only", reader)),
      ...(await credentialsOf("other schema", neighbour)),
      { who: "narrow", by: "bearer", headers: bearerHeaders(narrow.key) },
    ],
    ids: {
      admin: admin.actor.userId,
      owner: owner.actor.userId,
      servicePrincipal: servicePrincipal.id,
      group: group.id,
      catalog: catalog.id,
      schema: schema.id,
      table: table.id,
      function: routine.id,
      connection: connection.id,
      model: model.id,
      playground: playground.id,
      snapshot: snapshot.id,
      search: search.id,
      key: key.id,
      session: owner.actor.sessionId ?? "",
      request: request.id,
      vote: vote.id,
      event: event.eventId,
      policy: policy.id,
      promptMove: promptMove.id,
    },
    called,
    v1: {
      url,
      close: async () => {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
        rmSync(dataDir, { recursive: true, force: true });
      },
    },
  };
}

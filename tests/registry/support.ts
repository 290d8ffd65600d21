import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allUsers, defaultSchemaId } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { createConnection } from "@/lib/gateway/server";
import { forgetServerModels } from "@/lib/inference/server";
import { getModelByName } from "@/lib/registry/server";
import { grantTo, testContext } from "../support/context";
import { testFolder } from "../support/folder";

/** An administrator of a fresh workbench with a folder of models of its own. */
export async function freshRegistry(): Promise<{ admin: Context; dataDir: string }> {
  const dataDir = testFolder();
  Object.assign(process.env, { DATA_DIR: dataDir, ALLOW_PRIVATE_HOSTS: "127.0.0.1" });
  for (const each of ["core.safe-dispatcher", "inference.manifests", "models.downloads", "gateway.upstreams"])
    dropSingle(each);
  const admin = await testContext({ role: "admin" });
  // Members see and call every model here; what they may not is tested with the rights themselves.
  await grantTo(allUsers, defaultSchemaId, "EXECUTE");
  return { admin, dataDir };
}

/** A further model on this server: the built-in one under another name. */
export function serve(dataDir: string, name: string, change: object = {}): void {
  const folder = join(dataDir, "models", name);
  mkdirSync(folder, { recursive: true });
  const from = join(process.cwd(), "public/models/pebble-2m");
  for (const file of ["config.json", "README.md"]) cpSync(join(from, file), join(folder, file));
  const manifest = JSON.parse(readFileSync(join(from, "tessera.json"), "utf8")) as object;
  writeFileSync(join(folder, "tessera.json"), JSON.stringify({ ...manifest, name, ...change }));
  forgetServerModels();
}

export function connect(admin: Context, name: string, models: string[]) {
  return createConnection(admin, { name, baseUrl: "http://127.0.0.1:9/v1", models });
}

/** A model of one's own naming with as many versions as there are names. */
export async function versioned(admin: Context, dataDir: string, count: number) {
  const { createModel, createVersion } = await import("@/lib/registry/server");
  for (let number = 1; number <= count; number += 1) {
    serve(dataDir, `desk-${number}`, { description: `Made for try ${number}.` });
  }
  const { id } = await createModel(admin, { name: "desk", description: "", servedAs: "desk-1" });
  for (let number = 2; number <= count; number += 1) {
    await createVersion(admin, id, { servedAs: `desk-${number}` });
  }
  return getModelByName(admin, "desk");
}

/** The actions that a service's audit rows name, in their order. */
export async function audited(service = "registry"): Promise<string[]> {
  const rows = await (await db()).prisma.auditEvent.findMany({
    where: { serviceName: service },
    orderBy: { seq: "asc" },
  });
  return rows.map(({ actionName }) => actionName);
}

import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { authorize, currentPolicy, onPolicyChange, reloadPolicy } from "@/lib/access/server";
import { dropSingle, single } from "@/lib/core/server";
import { type Database, openDatabase } from "@/lib/db/server";
import { bundleChild } from "../support/child";
import { anotherContext } from "../support/context";
import { startRightsChanger } from "./another-process";

const server = process.env.TEST_DATABASE_URL;

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

describe.skipIf(!server)("rights in two processes on PostgreSQL (set TEST_DATABASE_URL to run these)", () => {
  const name = `tessera_rights_${randomUUID().slice(0, 8)}`;
  const url = server ? String(Object.assign(new URL(server), { pathname: `/${name}` })) : "";
  let here: Database;

  beforeAll(async () => {
    await onServer(`CREATE DATABASE ${name}`);
    here = await openDatabase({ kind: "postgresql", url });
    single("db", () => Promise.resolve(here));
    await reloadPolicy();
  });

  afterAll(async () => {
    await here.close();
    dropSingle("db");
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  it("hold for the next request in this one when they were changed in the other, a hundred times", async () => {
    const { actor } = await anotherContext();
    const other = await startRightsChanger(bundleChild("tests/support/programs/rights-changer.ts"), url);
    onTestFinished(() => other.stop());
    const mayCreate = async () => {
      await currentPolicy();
      return authorize(actor, "CREATE MODEL", { id: "sch_default" }).allow;
    };
    let noticed = 0;
    onTestFinished(onPolicyChange(() => noticed++));
    expect(await mayCreate()).toBe(false);
    for (let n = 0; n < 50; n++) {
      await other.change(`add sch_default ${actor.userId} CREATE MODEL`);
      expect(await mayCreate()).toBe(true);
      await other.change(`remove sch_default ${actor.userId} CREATE MODEL`);
      expect(await mayCreate()).toBe(false);
    }
    expect(noticed).toBe(100);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { awaitEpoch, awaitedEpoch, settling } from "@/lib/access/awaited";
import { Policy } from "@/lib/access/policy";
import { bitOf } from "@/lib/access/privileges";
import {
  applyGrants,
  bumpPolicyEpoch,
  changeSecurable,
  currentPolicy,
  decide,
  findSecurable,
  findWithin,
  insertSecurables,
  markDropped,
  onPolicyChange,
  readPolicyEpoch,
  reloadPolicy,
} from "@/lib/access/server";
import { loadPolicy } from "@/lib/access/store/load";
import { dropSingle } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { testDatabase } from "../support/database";
import { compareAll, noFigures } from "./model/check";
import { Engine } from "./model/engine";
import { Story } from "./model/generate";
import { Random } from "./model/random";
import { happen, type Step, type World } from "./model/world";
import { saveStep, saveWorld } from "./rows";

const write = async <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => (await db()).write(fn);

async function wholePolicy(): Promise<Policy> {
  const policy = new Policy();
  await loadPolicy((await db()).prisma, policy);
  return policy;
}

const differenceOf = (world: World, policy: Policy) =>
  compareAll(world, new Engine(policy), noFigures(), false);

describe("catching up change by change", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "ends where reading everything ends, in random world %d",
    async (seed) => {
      await testDatabase({ withoutNamespace: true });
      const random = new Random(1_000 + seed);
      const story = new Story(random);
      story.begin(() => undefined);
      await saveWorld(story.world);
      await reloadPolicy();
      const known = await currentPolicy();
      for (let i = 0; i < 25; i += 1) {
        let changes = 0;
        const step = story.next((told) => {
          changes = told.length;
        });
        if (changes > 0) await write((tx) => saveStep(tx, story.world, step));
        // Now and then several changes are caught up with at once.
        if (random.chance(0.35)) continue;
        expect(await currentPolicy()).toBe(known);
        expect(differenceOf(story.world, known)).toBeNull();
        expect(differenceOf(story.world, await wholePolicy())).toBeNull();
      }
    },
  );
});

const steps: readonly Step[] = [
  { do: "create", id: "metastore", kind: "metastore", name: "metastore", parent: null, owner: "admins" },
  { do: "person", id: "ana", active: true, admin: false },
  { do: "create", id: "cat-a", kind: "catalog", name: "a", parent: "metastore", owner: "admins" },
  { do: "create", id: "cat-b", kind: "catalog", name: "b", parent: "metastore", owner: "admins" },
  { do: "create", id: "sch", kind: "schema", name: "s", parent: "cat-a", owner: "admins" },
  { do: "create", id: "tab", kind: "table", name: "t", parent: "sch", owner: "admins" },
  { do: "grant", who: "ana", privilege: "USE CATALOG", on: "cat-a" },
  { do: "grant", who: "ana", privilege: "USE CATALOG", on: "cat-b" },
  { do: "grant", who: "ana", privilege: "USE SCHEMA", on: "sch" },
];

const grantSelect = (tx: Tx) =>
  applyGrants(tx, "tab", [{ principalId: "ana", add: ["SELECT"], remove: [] }], "test");

async function mayRead(): Promise<boolean> {
  const policy = await currentPolicy();
  const node = policy.node("tab");
  return node !== undefined && decide(policy, { principalId: "ana" }, "SELECT", node);
}

describe("the policy in memory", () => {
  beforeEach(async () => {
    await testDatabase({ withoutNamespace: true });
    const world: World = { things: new Map(), grants: [], members: [], people: new Map(), keys: new Map() };
    for (const step of steps) happen(world, step);
    await saveWorld(world);
    await reloadPolicy();
    expect(await mayRead()).toBe(false);
  });

  it("knows a grant with the next request, and a restart changes nothing", async () => {
    await write(grantSelect);
    expect(await mayRead()).toBe(true);
    dropSingle("access.current");
    dropSingle("access.awaited");
    expect(await mayRead()).toBe(true);
  });

  it("reads everything when the log of changes was cut", async () => {
    await write(async (tx) => {
      await grantSelect(tx);
      await tx.policyChange.deleteMany({});
    });
    expect(await mayRead()).toBe(true);
  });

  it("reads everything when more has changed than is worth reading one by one", async () => {
    const before = await currentPolicy();
    await write(async (tx) => {
      await tx.grant.create({
        data: {
          securableId: "tab",
          principalId: "ana",
          privilege: "SELECT",
          bit: bitOf("SELECT"),
          grantedById: "test",
        },
      });
      const ids = Array.from({ length: 2_001 }, (_, index) => ({
        kind: "grants" as const,
        id: `obj-${index}`,
      }));
      await bumpPolicyEpoch(tx, ids);
    });
    expect(await mayRead()).toBe(true);
    expect(await currentPolicy()).not.toBe(before);
  });

  it("reads everything when the epoch went back, as after a restored backup", async () => {
    await write(async (tx) => {
      await grantSelect(tx);
      await tx.policyEpoch.update({ where: { id: 1 }, data: { epoch: 1n } });
    });
    expect(await mayRead()).toBe(true);
  });

  it("sees what was written past the services once it is told to read again", async () => {
    const { prisma } = await db();
    await prisma.grant.create({
      data: {
        securableId: "tab",
        principalId: "ana",
        privilege: "SELECT",
        bit: bitOf("SELECT"),
        grantedById: "test",
      },
    });
    await reloadPolicy();
    expect(await mayRead()).toBe(true);
  });

  it("knows nothing of a change that was rolled back, and everything of the next", async () => {
    const failing = write(async (tx) => {
      await grantSelect(tx);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await mayRead()).toBe(false);
    await write(grantSelect);
    expect(await mayRead()).toBe(true);
  });

  it("keeps what lies in a schema that was moved out of a catalog which was then dropped", async () => {
    await write(grantSelect);
    expect(await mayRead()).toBe(true);
    await write(async (tx) => {
      const schema = await findSecurable(tx, "sch");
      if (!schema) throw new Error("The schema is gone");
      await changeSecurable(tx, schema, { parentId: "cat-b" }, { id: "test" });
    });
    await write(async (tx) =>
      markDropped(tx, await findWithin(tx, "cat-a"), { id: "cat-a", byId: "test", at: new Date() }),
    );
    expect(await mayRead()).toBe(true);
  });

  it("tells whoever listens once for each time it has changed", async () => {
    let told = 0;
    const stop = onPolicyChange(() => {
      told += 1;
    });
    await write(grantSelect);
    await Promise.all([currentPolicy(), currentPolicy()]);
    stop();
    await write((tx) => bumpPolicyEpoch(tx, [{ kind: "principal", id: "ana" }]));
    await currentPolicy();
    expect(told).toBe(1);
  });

  it("is up to date for whoever asks after a change, however many ask at the same time", async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const id = `tab-${index}`;
        await write((tx) =>
          insertSecurables(tx, [
            { id, kind: "table", parentId: "sch", name: id, ownerId: "ana", createdById: "test" },
          ]),
        );
        expect((await currentPolicy()).node(id)?.ownerId).toBe("ana");
      }),
    );
    const { epoch } = await currentPolicy();
    expect(epoch).toBe(await readPolicyEpoch((await db()).prisma));
  });
});

describe("the epoch that is awaited", () => {
  beforeEach(() => dropSingle("access.awaited"));

  it("is given up after a rollback", () => {
    awaitEpoch(5n);
    settling()(4n);
    expect(awaitedEpoch()).toBe(4n);
  });

  it("is not given up when a transaction raised it while the epoch was being read", () => {
    awaitEpoch(5n);
    const settle = settling();
    awaitEpoch(5n);
    settle(4n);
    expect(awaitedEpoch()).toBe(5n);
  });
});

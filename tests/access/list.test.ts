import { describe, expect, it } from "vitest";
import type { Question, StoredKind } from "@/lib/access";
import { decide, type Subject } from "@/lib/access/decide";
import {
  currentPolicy,
  findVisible,
  type Policy,
  reloadPolicy,
  type VisibleQuery,
} from "@/lib/access/server";
import { db } from "@/lib/db/server";
import { testDatabase } from "../support/database";
import { askers } from "./model/check";
import { subjectOfKey } from "./model/engine";
import { Story } from "./model/generate";
import { rights, rightsOfKey } from "./model/oracle";
import { Random } from "./model/random";
import type { World } from "./model/world";
import { saveWorld } from "./rows";

const questions: readonly Question[] = ["BROWSE", "EXECUTE", "SELECT", "USE CONNECTION", "GRANT"];

/** A world after some thirty random steps, in the database and read from it. */
async function drawnWorld(seed: number): Promise<{ world: World; policy: Policy }> {
  const story = new Story(new Random(seed));
  story.begin(() => undefined);
  for (let i = 0; i < 30; i += 1) story.next(() => undefined);
  await testDatabase({ withoutNamespace: true });
  await saveWorld(story.world);
  await reloadPolicy();
  return { world: story.world, policy: await currentPolicy() };
}

function subjectOf(world: World, who: string): Subject {
  const key = world.keys.get(who);
  return key ? subjectOfKey(key) : { principalId: who };
}

async function listFor(policy: Policy, subject: Subject, query: Partial<VisibleQuery>): Promise<string[]> {
  const { prisma } = await db();
  const { privileges = null, securables = null } = subject.scope ?? {};
  const rows = await findVisible(prisma, {
    closure: policy.closure(subject.principalId),
    question: "BROWSE",
    scope: { privileges, securables: securables && [...securables] },
    limit: 1_000,
    ...query,
  });
  return rows.map(({ id }) => id);
}

const decided = (policy: Policy, subject: Subject, question: Question) =>
  [...policy.allNodes()].filter((node) => decide(policy, subject, question, node));
const ids = (nodes: Iterable<{ id: string }>) => [...nodes].map(({ id }) => id).sort();

describe("a list holds what is decided one by one", () => {
  it.each(Array.from({ length: 40 }, (_, index) => index + 1))("in random world %d", async (seed) => {
    const { world, policy } = await drawnWorld(seed);
    for (const who of askers(world)) {
      const subject = subjectOf(world, who);
      const key = world.keys.get(who);
      for (const question of questions) {
        const listed = await listFor(policy, subject, { question });
        const nodes = decided(policy, subject, question);
        expect([...listed].sort(), `${who} ${question}`).toEqual(ids(nodes));
        const told = nodes.filter(({ id }) => {
          const thing = world.things.get(id);
          return thing && (key ? rightsOfKey(world, key, thing) : rights(world, who, thing)).has(question);
        });
        expect(ids(nodes)).toEqual(ids(told));
      }
    }
  });
});

describe("a list", () => {
  async function wholeOf(seed: number) {
    const { policy } = await drawnWorld(seed);
    const subject = { principalId: "dora" };
    return { policy, subject, all: await listFor(policy, subject, {}) };
  }

  it("is the same in pages, whatever their size", async () => {
    const { policy, subject, all } = await wholeOf(7);
    expect(all.length).toBeGreaterThan(3);
    for (const limit of [1, 2, 3]) {
      const paged: string[] = [];
      let after: VisibleQuery["after"];
      for (;;) {
        const [page] = [await listFor(policy, subject, { limit, ...(after ? { after } : {}) })];
        paged.push(...page);
        const last = page.at(-1);
        if (page.length < limit || last === undefined) break;
        after = { id: last, nameKey: policy.node(last)?.name ?? "" };
      }
      expect(paged).toEqual(all);
    }
  });

  it("is narrowed by kind, parent and part of a name, whose case and form do not count", async () => {
    const { policy, subject, all } = await wholeOf(7);
    for (const kind of ["catalog", "schema", "table"] as const satisfies readonly StoredKind[]) {
      const expected = all.filter((id) => policy.node(id)?.kind === kind);
      expect(await listFor(policy, subject, { kinds: [kind] })).toEqual(expected);
    }
    const inCatalog = all.filter((id) => policy.node(id)?.parent?.id === "catalog-1");
    expect(await listFor(policy, subject, { parentId: "catalog-1" })).toEqual(inCatalog);
    const named = all.filter((id) => policy.node(id)?.name.includes("met"));
    expect(named).toEqual(["metastore"]);
    for (const search of ["META", "ｍｅｔａ"])
      expect(await listFor(policy, subject, { search })).toEqual(named);
    for (const search of ["%", "_", "\\"]) expect(await listFor(policy, subject, { search })).toEqual([]);
  });

  it("leaves out what lies in a dropped container, even where its own row was not marked", async () => {
    const { policy, subject, all } = await wholeOf(7);
    const inside = (id: string) => {
      for (let node = policy.node(id); node; node = node.parent ?? undefined) {
        if (node.id === "catalog-1") return true;
      }
      return false;
    };
    expect(all.filter(inside).length).toBeGreaterThan(1);
    const { prisma } = await db();
    await prisma.securable.update({ where: { id: "catalog-1" }, data: { droppedAt: new Date() } });
    await reloadPolicy();
    const later = await currentPolicy();
    expect(await listFor(later, subject, {})).toEqual(all.filter((id) => !inside(id)));
    expect(ids(decided(later, subject, "BROWSE"))).toEqual(all.filter((id) => !inside(id)).sort());
  });
});

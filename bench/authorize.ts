import type { Question } from "@/lib/access";
import { Policy as MemoryPolicy } from "@/lib/access/policy";
import { bitOf } from "@/lib/access/privileges";
import { decide, findVisible, type Policy, type PolicyNode, type Subject } from "@/lib/access/server";
import { loadPolicy } from "@/lib/access/store/load";
import { type Database, openDatabase } from "@/lib/db/server";
import { fill, sizes, tableId, userId } from "./authorize.world";

interface Ask {
  subject: Subject;
  question: Question;
  node: PolicyNode;
}

const questions: readonly Question[] = ["BROWSE", "SELECT", "MODIFY", "MANAGE", "GRANT"];

/** Numbers that look random and are the same each time. */
function numbers(): (end: number) => number {
  let state = 1;
  return (end) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 4294967296) * end);
  };
}

function drawAsks(policy: Policy, count: number): Ask[] {
  const below = numbers();
  return Array.from({ length: count }, () => {
    const node = policy.node(tableId(below(sizes.tables)));
    const question = questions[below(questions.length)];
    if (!node || !question) throw new Error("The world is not whole");
    return { subject: { principalId: userId(below(sizes.users)) }, question, node };
  });
}

/** The least that a decision about SELECT can cost: the same answer, written out by hand for this one question. */
function selectByHand(policy: Policy, { principalId }: Subject, table: PolicyNode): boolean {
  const who = policy.closureSet(principalId);
  const { parent: schema } = table;
  const catalog = schema?.parent;
  if (!schema || !catalog) return false;
  const given = (node: PolicyNode, bits: number) => {
    for (const [id, mask] of node.grants ?? []) if (mask & bits && who.has(id)) return true;
    return false;
  };
  const [all, use, pass, select] = (["ALL PRIVILEGES", "USE CATALOG", "USE SCHEMA", "SELECT"] as const).map(
    bitOf,
  );
  if (!all || !use || !pass || !select) return false;
  return (
    (who.has(catalog.ownerId) || given(catalog, all | use)) &&
    (who.has(schema.ownerId) || given(schema, all | pass) || given(catalog, all | pass)) &&
    (who.has(table.ownerId) ||
      given(table, all | select) ||
      given(schema, all | select) ||
      given(catalog, all | select))
  );
}

/** Decisions per second of processor time, median of five rounds; `before` runs ahead of each decision. */
function rate(asks: readonly Ask[], one: (ask: Ask) => boolean, before: () => void = () => undefined) {
  const rounds: number[] = [];
  let yes = 0;
  for (let round = 0; round < 6; round += 1) {
    const since = process.cpuUsage();
    for (const ask of asks) {
      before();
      if (one(ask)) yes += 1;
    }
    rounds.push((asks.length / cpuMs(since)) * 1000);
  }
  // The first one is compiled while it runs.
  return { perSecond: median(rounds.slice(1)), yes };
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const k = (perSecond: number) => `${(perSecond / 1000).toFixed(0)} k`;

function decisions(policy: Policy): void {
  const asks = drawAsks(policy, 100_000);
  const selects = asks.map((ask): Ask => ({ ...ask, question: "SELECT" }));
  const forget = () => policy.setMembers("nobody", new Set());
  const whether = ({ subject, question, node }: Ask) => decide(policy, subject, question, node);
  const byHand = ({ subject, node }: Ask) => selectByHand(policy, subject, node);
  const differing = selects.filter((ask) => whether(ask) !== byHand(ask)).length;
  const cold = rate(asks, whether, forget);
  const warm = rate(asks, whether);
  const coldFloor = rate(selects, byHand, forget).perSecond;
  const warmFloor = rate(selects, byHand).perSecond;
  const coldSelect = rate(selects, whether, forget).perSecond;
  const warmSelect = rate(selects, whether).perSecond;
  const times = asks.map((ask) => {
    const since = process.hrtime.bigint();
    whether(ask);
    return Number(process.hrtime.bigint() - since) / 1000;
  });
  times.sort((a, b) => a - b);
  const quantile = (q: number) => (times[Math.floor(q * times.length)] ?? Number.NaN).toFixed(2);
  console.log(
    `\nDecisions, ${((100 * warm.yes) / asks.length / 6).toFixed(0)} % yes; ${differing} differ from the hand-written ones`,
  );
  console.table({
    "after a change of groups (goal ≥ 200 k)": { "per CPU second": k(cold.perSecond) },
    "groups known": {
      "per CPU second": k(warm.perSecond),
      "p50 µs": quantile(0.5),
      "p99 µs (goal < 50)": quantile(0.99),
    },
    "SELECT, of the hand-written check": {
      "after a change": `${(coldSelect / coldFloor).toFixed(2)}×`,
      "groups known": `${(warmSelect / warmFloor).toFixed(2)}×`,
    },
  });
}

async function lists(database: Database, policy: Policy): Promise<void> {
  const rows: Record<string, object> = {};
  for (const [who, name] of [
    [userId(0), "sees everything"],
    [userId(1), "sees what groups give"],
  ] as const) {
    const closure = policy.closure(who);
    const list = (limit: number) =>
      findVisible(database.prisma, {
        closure,
        question: "BROWSE",
        scope: { privileges: null, securables: null },
        limit,
      });
    const timed = async (limit: number) => {
      const times: number[] = [];
      const cpu: number[] = [];
      let found = 0;
      for (let round = 0; round < 11; round += 1) {
        const [since, cpuSince] = [performance.now(), process.cpuUsage()];
        found = (await list(limit)).length;
        if (round === 0) continue;
        times.push(performance.now() - since);
        cpu.push(cpuMs(cpuSince));
      }
      return { found, ms: `${median(times).toFixed(1)} (${median(cpu).toFixed(1)})` };
    };
    const [page, all] = [await timed(100), await timed(100_000)];
    const expected = [...policy.allNodes()].filter((node) =>
      decide(policy, { principalId: who }, "BROWSE", node),
    );
    if (all.found !== expected.length) throw new Error(`${all.found} listed, ${expected.length} decided`);
    rows[name] = {
      objects: all.found,
      "page of 100": page.ms,
      "all ids": all.ms,
    };
  }
  console.log("\nLists from the embedded database in ms, processor time in brackets (goal: each < 50)");
  console.table(rows);
}

const database = await openDatabase({ kind: "memory" });
await fill(database);
const policy = new MemoryPolicy();
const since = performance.now();
await loadPolicy(database.prisma, policy);
console.log(
  `${sizes.catalogs + sizes.schemas + sizes.tables} objects, ${sizes.users} users, ${sizes.groups} nested groups, ` +
    `${sizes.grants} grants, read in ${(performance.now() - since).toFixed(0)} ms`,
);
decisions(policy);
await lists(database, policy);
await database.close();

import { expect, it } from "vitest";
import { GET } from "@/app/api/playground/snapshots/route";
import { db } from "@/lib/db/server";
import type { PlaygroundDocument } from "@/lib/playground";
import { createSnapshot, findSnapshots, revokeSnapshot } from "@/lib/playground/server";
import { anotherContext, apiRequest, testContext } from "../support/context";
import { documentWith, firstReleaseDocument } from "./documents";
import { loaded, name, triage } from "./library";

const [column] = documentWith().columns as [PlaygroundDocument["columns"][number]];
const asked = (version: number): NonNullable<PlaygroundDocument["turns"][number]["asked"]> => ({
  a: {
    prompt: { name, version, alias: null, edited: false },
    variables: {},
    placeholders: {},
    before: [],
    user: "Sort it.",
    after: [],
  },
});

it("are found by the prompt that asks in them, for all columns, for one, or when it was sent", async () => {
  const owner = await testContext();
  const share = (title: string, change: Partial<PlaygroundDocument>) =>
    createSnapshot(owner, { title, document: documentWith(change) });
  const forAll = await share("For all", { prompt: loaded(triage, { version: 3 }) });
  const forOne = await share("For one", {
    columns: [{ ...column, prompt: loaded(triage, { version: 5 }) }],
    turns: [
      { id: "t1", parent: null, user: "", asked: asked(3), answers: {} },
      { id: "t2", parent: "t1", user: "", asked: asked(12), answers: {} },
    ],
  });
  await share("Another's", { prompt: loaded(triage, { name: "main.support.other" }) });
  await share("By hand", { system: name });
  expect(await findSnapshots(owner, { prompt: name })).toEqual([
    { ...forOne, versions: [12, 5, 3] },
    { ...forAll, versions: [3] },
  ]);
  const answered = await GET(await apiRequest(`/api/playground/snapshots?prompt=${name}`, { as: owner }));
  expect(await answered.json()).toMatchObject([{ title: "For one" }, { title: "For all" }]);
});

it("are the reader's own that were not revoked, of any release", async () => {
  const owner = await testContext();
  const document = documentWith({ prompt: loaded(triage) });
  const [kept, revoked, old] = [
    await createSnapshot(owner, { document }),
    await createSnapshot(owner, { document }),
    await createSnapshot(owner, { document }),
  ];
  await revokeSnapshot(owner, revoked.id);
  const { prisma } = await db();
  await prisma.playgroundSnapshot.update({
    where: { id: old.id },
    data: { document: firstReleaseDocument() },
  });
  expect(await findSnapshots(owner, { prompt: name })).toMatchObject([{ id: kept.id }]);
  expect(await findSnapshots(await anotherContext(), { prompt: name })).toEqual([]);
  const status = async (query: string) =>
    (await GET(await apiRequest(`/api/playground/snapshots?${query}`, { as: owner }))).status;
  expect(await status("prompt=triage")).toBe(422);
  expect(await status(`prompt=${name}&sessionId=a`)).toBe(422);
});

it("are looked up by an index, not by reading every document", async () => {
  const owner = await testContext();
  const { prisma } = await db();
  const snapshots = Array.from({ length: 2_000 }, (_, i) => ({
    id: `snap_${i}`,
    ownerId: owner.actor.userId,
    title: "x",
    document: { prompt: { name: `main.default.p${i % 100}`, version: 1 }, filler: "x".repeat(2_000) },
  }));
  await prisma.playgroundSnapshot.createMany({ data: snapshots });
  const uses = async () => {
    const [row] = await prisma.$queryRaw<{ scans: number }[]>`
      SELECT pg_stat_get_numscans('"PlaygroundSnapshot_prompts_idx"'::regclass)::int AS scans`;
    return row?.scans ?? 0;
  };
  await prisma.$executeRaw`ANALYZE "PlaygroundSnapshot"`;
  const before = await uses();
  expect(await findSnapshots(owner, { prompt: "main.default.p7" })).toHaveLength(20);
  await prisma.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  expect(await uses()).toBeGreaterThan(before);
});

import { beforeEach, expect, it } from "vitest";
import { GET } from "@/app/api/playground/snapshots/route";
import type { Context } from "@/lib/auth/server";
import { getObjectByName, updateObject } from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import type { PlaygroundDocument } from "@/lib/playground";
import { createSnapshot, findSnapshots, revokeSnapshot } from "@/lib/playground/server";
import { promptContent } from "@/lib/prompts";
import { getPrompt } from "@/lib/prompts/server";
import { makeSchema } from "../catalog/support";
import { allow, freshLibrary, make } from "../prompts/library";
import { anotherContext, apiRequest, grantTo } from "../support/context";
import { documentWith } from "./documents";
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

const content = promptContent.parse(triage);
let owner: Context;
beforeEach(async () => {
  ({ admin: owner } = await freshLibrary());
  await makeSchema(owner, "support");
  for (const prompt of ["triage", "other"]) await make(owner, prompt, content, { schema: "main.support" });
});

it("are found by the prompt that asks in them, for all columns, for one, or when it was sent", async () => {
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
  await share("Of none that is here", { prompt: loaded(triage, { name: "main.support.gone" }) });
  expect(await findSnapshots(owner, { prompt: name })).toEqual([
    { ...forOne, versions: [12, 5, 3] },
    { ...forAll, versions: [3] },
  ]);
  const answered = await GET(await apiRequest(`/api/playground/snapshots?prompt=${name}`, { as: owner }));
  expect(await answered.json()).toMatchObject([{ title: "For one" }, { title: "For all" }]);
});

it("are the reader's own that were not revoked", async () => {
  const document = documentWith({ prompt: loaded(triage) });
  const kept = await createSnapshot(owner, { document });
  const revoked = await createSnapshot(owner, { document });
  await revokeSnapshot(owner, revoked.id);
  const { prisma } = await db();
  expect(await prisma.playgroundSnapshotPrompt.count()).toBe(1);
  expect(await findSnapshots(owner, { prompt: name })).toMatchObject([{ id: kept.id }]);
  const other = await anotherContext();
  await expect(findSnapshots(other, { prompt: name })).rejects.toMatchObject({ code: "not_found" });
  await allow(other, await getPrompt(owner, name), "EXECUTE");
  await grantTo("all_users", "cat_main", "USE CATALOG", "USE SCHEMA");
  expect(await findSnapshots(other, { prompt: name })).toEqual([]);
  const status = async (query: string) =>
    (await GET(await apiRequest(`/api/playground/snapshots?${query}`, { as: owner }))).status;
  expect(await status("prompt=triage")).toBe(422);
  expect(await status(`prompt=${name}&sessionId=a`)).toBe(422);
});

it("stay with their prompt when it is renamed, and not with another that takes its name", async () => {
  await createSnapshot(owner, { document: documentWith({ prompt: loaded(triage, { version: 2 }) }) });
  const { id, revision } = await getObjectByName(owner, { name, kind: "prompt" });
  await updateObject(owner, id, { revision, name: "sorting" });
  expect(await findSnapshots(owner, { prompt: "main.support.sorting" })).toMatchObject([{ versions: [2] }]);
  await make(owner, "triage", content, { schema: "main.support" });
  expect(await findSnapshots(owner, { prompt: name })).toEqual([]);
});

// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ModelPage } from "@/components/registry/model-page";
import { expectNoAxeViolations, pushed, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { click, fill, open, path, routes, submit } from "./model-page";
import { at, first, noor, second, triage } from "./pages";
import "../support/patience";

standInForBrowser();

describe("a model's page", () => {
  it("keeps its place while it is read", async () => {
    answerWith({ ...routes(), "GET /api/models/registry/model": silence });
    open();
    expect(screen.getByLabelText("Loading")).toBeTruthy();
  });

  it("of a name that nothing has leads back, and of one that cannot be read tries again", async () => {
    answerWith({ "GET /api/models/registry/model": new Refusal(404, "not_found", "There is none.") });
    const { unmount } = open();
    await screen.findByText("No model is called ticket-triage");
    await expectNoAxeViolations();
    unmount();
    answerWith({ "GET /api/models/registry/model": new Refusal(503, "unavailable", "Not now.") });
    open();
    await screen.findByText("ticket-triage could not be read");
  });

  it("of a name that calls use gives way to the model's own, at the version it means", async () => {
    answerWith(routes());
    for (const [name, version] of [
      ["ticket-triage@champion", 1],
      ["ticket-triage@2", 2],
      ["gemma-q4", 2],
    ] as const) {
      const { unmount } = show(<ModelPage name={name} me={{ id: noor.id, admin: false }} />);
      await waitFor(() => expect(pushed).toEqual([`/registry/ticket-triage?v=${version}`]));
      unmount();
    }
  });

  it("shows what a version is, where it runs and what it takes, and its card without its settings or markup", async () => {
    answerWith(routes());
    open("v=1");
    await screen.findByRole("heading", { name: "ticket-triage" });
    await screen.findByText("holds");
    for (const words of [
      "Apache-2.0",
      "512 tokens",
      "2.2 M",
      "9.0 MB in 3 files",
      "messages: messages",
      "message: text",
    ])
      expect(screen.getByText(words)).toBeTruthy();
    expect(screen.getByText("Needs up to 18 MB of memory while it loads.")).toBeTruthy();
    expect(document.querySelector("article script")).toBeNull();
    expect(document.querySelector("article")?.textContent).not.toContain("license: mit");
    expect(screen.getByRole("link", { name: "Open v1 in playground" }).getAttribute("href")).toContain(
      "pebble-2m",
    );
    await expectNoAxeViolations();
  });

  it("says that a licence is not accepted, and accepts it by name", async () => {
    const accepted = { ...second, licenseAccepted: { by: noor, at } };
    const sent = answerWith({
      ...routes(),
      [`POST ${path}/versions/2/license`]: { ...triage, versions: [accepted, first] },
    });
    open();
    await click(await screen.findByRole("button", { name: "Accept licence" }));
    await screen.findByRole("dialog", { name: "Accept Gemma Terms of Use?" });
    expect(screen.getByText("https://huggingface.co/onnx-community/gemma")).toBeTruthy();
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("The licence of v2 is accepted.");
    expect(sent).toEqual([{ method: "POST", path: `${path}/versions/2/license`, body: undefined }]);
  });

  it("says that it is deprecated and what to use instead", async () => {
    answerWith(routes({ ...triage, deprecation: { at, why: "Use desk-2." } }));
    open();
    const note = await screen.findByText(/Use desk-2\./);
    expect(note.textContent).toMatch(/^Deprecated since .*: Use desk-2\.$/);
  });

  it("does not say before the day that a version is deprecated, but from when on", async () => {
    const deprecation = { from: "2040-02-03T12:00:00.000Z", why: "Use v3.", isInForce: false };
    answerWith(routes({ ...triage, versions: [{ ...second, deprecation }, first] }));
    open();
    const note = await screen.findByText(/Use v3\./);
    expect(note.textContent).toBe("Deprecated from 3 Feb 2040 on: Use v3.");
  });

  it("offers somebody who may only look nothing but an approval to ask for", async () => {
    answerWith(routes({ ...triage, may: { manage: false, import: false } }));
    open("tab=approval", { id: noor.id, admin: false });
    await screen.findByText("Nobody asked to approve v2");
    expect(screen.getByRole("button", { name: "Ask for approval" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: /alias|More for/ })).toBeNull();
  });
});

describe("an import", () => {
  it.each([true, false])("is in the menu where the server would take it: %s", async (may) => {
    answerWith(routes({ ...triage, may: { manage: true, import: may } }));
    open();
    await click(await screen.findByRole("button", { name: "More for ticket-triage" }));
    await screen.findByRole("menuitem", { name: "Add a version" });
    expect(screen.queryByRole("menuitem", { name: "Import a version" }) !== null).toBe(may);
  });
});

describe("the views of a model", () => {
  it("compare two versions: configuration, figures that are apart and that are not, files", async () => {
    answerWith(routes());
    open("tab=compare&a=1&b=2");
    const metrics = within(await screen.findByRole("table", { name: "Metrics of v1 and v2" }));
    const sentiment = within(metrics.getByText("sentiment").closest("tr") as HTMLElement);
    expect(sentiment.getByText("+15.7 points")).toBeTruthy();
    expect(sentiment.queryByText("cannot be told apart")).toBeNull();
    expect(metrics.getByText("cannot tell")).toBeTruthy();
    const files = within(screen.getByRole("table", { name: "Files of v1 and v2" }));
    const content = files.getAllByRole("row").map((row) => row.lastElementChild?.textContent);
    expect(content).toEqual(["Content", "same", "added", "removed", "other content"]);
    expect(document.querySelector("del")?.textContent).toBe("pebble-2m");
    await expectNoAxeViolations();
  });

  it("say that one version has nothing beside it", async () => {
    answerWith(routes({ ...triage, versions: [first] }));
    open("tab=compare");
    await screen.findByText("Nothing to compare yet");
  });

  it("list versions, files with their hashes, and figures with interval and source", async () => {
    answerWith(routes());
    const { unmount } = open("tab=versions");
    const versions = within(await screen.findByRole("table", { name: "Versions of ticket-triage" }));
    expect(versions.getAllByRole("row")).toHaveLength(3);
    expect(versions.getByText("onnx-community/gemma@0123456, q4")).toBeTruthy();
    await expectNoAxeViolations();
    unmount();
    const files = open("tab=files&v=1");
    await screen.findByRole("table", { name: "Files of v1" });
    expect(document.querySelector(`[title="${"b".repeat(64)}"]`)).toBeTruthy();
    await expectNoAxeViolations();
    files.unmount();
    open("tab=metrics&v=1");
    await screen.findByRole("table", { name: "Metrics of v1" });
    expect(screen.getByText("59.8 % to 70.5 %")).toBeTruthy();
    expect(screen.getByText("not measured")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("sum up the recorded calls, or say that there were none", async () => {
    const used = {
      model: "pebble-2m",
      engine: "server",
      calls: 41_200,
      failed: 3,
      people: 2,
      outputTokens: 9,
      firstTokenMs: 412,
      lastAt: at,
    };
    answerWith(routes());
    const { unmount } = open("tab=usage");
    await screen.findByText("Not called in 30 days");
    unmount();
    const named = {
      calledAs: "ticket-triage@champion",
      number: 1,
      model: "pebble-2m",
      calls: 77,
      failed: 0,
      people: 1,
      lastAt: at,
    };
    answerWith({ ...routes(), [`GET ${path}/usage`]: { served: [used], named: [named] } });
    open("tab=usage");
    await screen.findByText("41,200");
    const byName = screen.getByRole("table", {
      name: "Calls of ticket-triage by alias and number in 30 days",
    });
    expect(within(byName).getByText("ticket-triage@champion").closest("tr")?.textContent).toContain("77");
    expect(screen.getByText("412 ms")).toBeTruthy();
    expect(screen.getByText("unknown")).toBeTruthy();
    await expectNoAxeViolations();
  });
});

describe("what is said of a model", () => {
  it("is edited with tags as text, and a line that is none is named", async () => {
    const sent = answerWith({ ...routes(), [`PATCH ${path}`]: triage, "GET /api/users": [] });
    open();
    await click(await screen.findByRole("button", { name: "More for ticket-triage" }));
    await click(await screen.findByRole("menuitem", { name: "Edit" }));
    await screen.findByRole("dialog", { name: "Edit ticket-triage" });
    fill("Tags", "team: support\nTwo Words");
    await submit();
    expect(screen.getByRole("alert").textContent).toContain("Two Words");
    fill("Tags", "team: support: north\npii\n");
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("ticket-triage is changed.");
    expect(sent[0]?.body).toEqual({
      description: "Sorts tickets.",
      tags: { team: "support: north", pii: "" },
      approvalRequired: false,
      revision: 4,
    });
  });

  it.each(["Asia/Tokyo", "America/Los_Angeles"])(
    "keeps the day of a deprecation whose reason alone is changed, in %s",
    async (zone) => {
      vi.stubEnv("TZ", zone);
      const from = new Date("2030-01-31T00:00:00").toISOString();
      const deprecation = { from, why: "Use v3.", isInForce: false };
      const sent = answerWith({
        ...routes({ ...triage, versions: [{ ...second, deprecation }, first] }),
        [`PATCH ${path}/versions/2`]: triage,
      });
      open("tab=versions");
      await click(await screen.findByRole("button", { name: "More for v2" }));
      await click(await screen.findByRole("menuitem", { name: "Change the deprecation" }));
      const dialog = within(await screen.findByRole("dialog", { name: "Deprecate v2" }));
      expect(dialog.getByLabelText<HTMLInputElement>("From").value).toBe("2030-01-31");
      fill("Why", "Use v4.");
      await submit();
      await screen.findByText("v2 is deprecated.");
      expect(sent[0]?.body).toEqual({ deprecation: { from, why: "Use v4." } });
      vi.unstubAllEnvs();
    },
  );

  it("is that a version is deprecated from a day on", async () => {
    const sent = answerWith({ ...routes(), [`PATCH ${path}/versions/2`]: triage });
    open("tab=versions");
    await click(await screen.findByRole("button", { name: "More for v2" }));
    await click(await screen.findByRole("menuitem", { name: "Deprecate" }));
    await screen.findByRole("dialog", { name: "Deprecate v2" });
    await submit();
    expect(screen.getByRole("alert").textContent).toBe("Say why, and what to use instead.");
    fill("From", "2030-01-31");
    fill("Why", "Use v3.");
    await submit();
    await screen.findByText("v2 is deprecated.");
    expect(sent[0]?.body).toEqual({
      deprecation: { from: new Date("2030-01-31T00:00:00").toISOString(), why: "Use v3." },
    });
  });
});

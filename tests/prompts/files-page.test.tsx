// @vitest-environment jsdom
// jsdom's own files cannot be read.
import { File } from "node:buffer";
import { act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { LibraryPage } from "@/components/prompts/library/library-page";
import type { ImportedFile } from "@/lib/prompts";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal } from "../ui/server";
import { mira, nobodyWaits, summary } from "./library-pages";
import "../support/patience";

standInForBrowser();

const route = "POST /api/prompt-files/import";
const around = {
  "GET /api/prompt-moves": nobodyWaits,
  "GET /api/prompts": { prompts: [summary], next: null },
};
const open = (search: string) => show(<LibraryPage me={mira} />, { path: "/prompts", search });
const click = (element: Element) => act(async () => void fireEvent.click(element));
const submit = () =>
  act(async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement));

const result = (path: string, rest: Partial<ImportedFile>): ImportedFile => ({
  path,
  name: `main.support.${path.replace(".md", "")}`,
  outcome: "created",
  version: 1,
  message: null,
  conflict: null,
  text: null,
  ...rest,
});
const content = {
  type: "text" as const,
  text: "",
  variables: [],
  model: null,
  parameters: {},
  responseFormat: null,
};
const theirs = {
  number: 4,
  message: "Shorter",
  baseNumber: 3,
  hash: "0".repeat(64),
  createdBy: mira,
  createdAt: summary.changedAt,
  aliases: [],
  content,
};
const clash = result("tone.md", {
  outcome: "conflict",
  version: 4,
  message: "v4 changed since v2 what the file changes too.",
  conflict: {
    base: null,
    theirs,
    mine: content,
    merged: content,
    conflicts: [{ path: "text", base: "Be kind.", theirs: "Be brief.", mine: "Be plain." }],
  },
});
const file = (name: string, text: string) => new File([text], name);
const choose = async (...files: File[]) => {
  const input = await screen.findByLabelText("Files of prompts");
  await act(async () => void fireEvent.change(input, { target: { files } }));
};

describe("importing files", () => {
  it("shows what would become of each before it is sent, and what is no prompt", async () => {
    const created = result("greeting.md", {});
    const changed = result("triage.md", { outcome: "changed", version: 3 });
    const sent = answerWith({ ...around, [route]: { results: [created, changed] } });
    open("import");
    await choose(file("greeting.md", "---\nname: a"), file("triage.md", "---\n"), file("photo.png", "x"));
    await screen.findByText("v2 → v3");
    const dialog = within(screen.getByRole("dialog", { name: "Import prompts" }));
    expect(dialog.getByText("created")).toBeTruthy();
    expect(dialog.getByText(/1 file holds no prompt by its ending: photo.png/)).toBeTruthy();
    await expectNoAxeViolations();
    fireEvent.change(dialog.getByLabelText("Message of the new versions"), {
      target: { value: "From Git" },
    });
    await submit();
    await screen.findByText("2 prompts imported.");
    const files = [
      { path: "greeting.md", text: "---\nname: a" },
      { path: "triage.md", text: "---\n" },
    ];
    expect(sent.map(({ body }) => body)).toEqual([
      { files, dryRun: true, overwrite: false },
      { files, message: "From Git", overwrite: false },
    ]);
  });

  it("shows the places of a conflict, and lets the files win where that is wanted", async () => {
    const sent = answerWith({
      ...around,
      [route]: (body: unknown) =>
        (body as { overwrite: boolean }).overwrite
          ? { results: [{ ...clash, outcome: "changed", version: 5, conflict: null, message: null }] }
          : { results: [clash] },
    });
    open("import");
    await choose(file("tone.md", "---\n"));
    await screen.findByText("1 place");
    expect(screen.getByText("Be brief.")).toBeTruthy();
    expect(screen.getByText("Be plain.")).toBeTruthy();
    await expectNoAxeViolations();
    await submit();
    expect(sent).toHaveLength(1);
    await click(screen.getByRole("switch", { name: /The files win/ }));
    await screen.findByText("v4 → v5");
    await submit();
    await screen.findByText("1 prompt imported.");
    expect(sent.at(-1)?.body).toMatchObject({ overwrite: true });
  });

  it("says afterwards what was left out and why", async () => {
    const refused = result("broken.md", {
      name: null,
      outcome: "refused",
      version: null,
      message: "name: Required",
    });
    answerWith({ ...around, [route]: { results: [result("greeting.md", {}), refused] } });
    open("import");
    await choose(file("greeting.md", "---\n"), file("broken.md", "---\n"));
    await screen.findByText("refused");
    await submit();
    await screen.findByText("1 prompt imported; the others are as they were.");
    expect(screen.getByText("name: Required")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Import \d/ })).toBeNull();
  });

  it("says that nothing was imported when there is nothing to read or the server refuses", async () => {
    answerWith({ ...around, [route]: new Refusal(413, "too_large", "These files have more than 32 MB.") });
    open("import");
    await choose(file("photo.png", "x"));
    expect((await screen.findByRole("alert")).textContent).toContain("Nothing was imported. There is no .md");
    await choose(file("broken.zip", "no archive"));
    await screen.findByText(/broken.zip is a damaged archive/);
    await choose(file("tone.md", "---\n"));
    await screen.findByText("Nothing was imported. These files have more than 32 MB.");
  });
});

describe("exporting", () => {
  it("hands over an archive of the schema that is shown, in the format and by the alias that are asked for", async () => {
    let asked: URLSearchParams | undefined;
    const saved = vi.fn(() => "blob:1");
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: saved, revokeObjectURL: () => undefined }));
    // jsdom goes nowhere and says so loudly.
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    answerWith({
      ...around,
      "GET /api/prompt-files/export": (_body: unknown, query: URLSearchParams) => {
        asked = query;
        return new Response("PK", { headers: { "content-type": "application/zip" } });
      },
    });
    open("schema=main.support&export");
    const dialog = within(await screen.findByRole("dialog", { name: "Export the prompts in main.support" }));
    await click(dialog.getByRole("radio", { name: "YAML" }));
    fireEvent.change(dialog.getByLabelText("Alias"), { target: { value: "production" } });
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("main.support.zip is written.");
    expect(Object.fromEntries(asked ?? [])).toEqual({
      as: "zip",
      format: "yaml",
      alias: "production",
      schema: "main.support",
    });
    expect(saved).toHaveBeenCalledOnce();
  });

  it("says why there is no archive", async () => {
    answerWith({
      ...around,
      "GET /api/prompt-files/export": new Refusal(413, "too_large", "Export one schema at a time."),
    });
    open("export");
    await screen.findByRole("dialog", { name: "Export all prompts" });
    await submit();
    expect((await screen.findByRole("alert")).textContent).toContain("Export one schema at a time.");
  });
});

import { describe, expect, it } from "vitest";
import { type PlaygroundDocument, playgroundDocument } from "@/lib/playground/document";
import { isPromptEdited, setValue } from "@/lib/playground/edits";
import { withContent } from "@/lib/playground/loaded-prompt";
import { editPrompt, resetPrompt } from "@/lib/playground/prompt-edits";
import { documentOf, openDocument } from "@/lib/playground/workspace";
import { documentWith } from "./documents";
import { loaded, triage } from "./library";

import { changed, setUp } from "./prompted";

describe("a document", () => {
  it("keeps prompts, what was sent by them, and opens with them again", async () => {
    const { workspace, runner } = setUp({ all: loaded(triage), b: loaded(triage, { version: 4 }) });
    setValue(workspace, "ticket", "T-1");
    editPrompt(workspace, "b", changed("Rank."));
    await runner.runAll();
    const document: PlaygroundDocument = documentOf(workspace, "without");
    const again = playgroundDocument.parse(JSON.parse(JSON.stringify(document)));
    expect(again).toEqual(JSON.parse(JSON.stringify(document)));
    const opened = openDocument(again, {});
    expect(isPromptEdited(opened.store.getState())).toBe(false);
    resetPrompt(opened, "b");
    expect(isPromptEdited(opened.store.getState())).toBe(true);
    openDocument(playgroundDocument.parse(documentWith()), {}, opened);
    expect(opened.store.getState().prompt).toBeUndefined();
  });

  it("of before there were prompts still opens, and one of the first release with its message", () => {
    const old = playgroundDocument.parse(documentWith());
    expect(old.prompt).toBeUndefined();
    const { messages: _, head: __, ...first } = documentWith();
    const read = playgroundDocument.parse({ ...first, prompt: "The sensor paired at once." });
    expect(read.messages.map(({ text }) => text)).toEqual(["The sensor paired at once."]);
    expect(read.prompt).toBeUndefined();
  });

  it("counts a text that says what the version says as unchanged, whatever the order of its fields", () => {
    const { written, ...source } = loaded(triage);
    const turned = Object.fromEntries(Object.entries(written).reverse());
    expect(Object.keys(turned)).not.toEqual(Object.keys(written));
    expect(withContent({ ...source, written }, turned as typeof written).edited).toBeUndefined();
  });
});

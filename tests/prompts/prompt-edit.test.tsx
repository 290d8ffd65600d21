// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { PromptPage } from "@/components/prompts/one/prompt-page";
import { type Draft, type DraftSave, mergeContents, type PromptContent } from "@/lib/prompts";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { api, at, fifth, fullName, noor, prompt, routes, third, versionOf } from "./one-pages";
import "../support/patience";

standInForBrowser();

const open = () =>
  show(<PromptPage name={fullName} admin />, { path: `/prompts/${fullName}`, search: "tab=edit" });
const click = (element: Element) => act(async () => void fireEvent.click(element));
const type = (element: Element, value: string) =>
  act(async () => void fireEvent.change(element, { target: { value } }));
const submit = () =>
  act(async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement));

/** Keeps drafts as the server does. */
function draftRoutes(revision = 0) {
  let last = revision;
  return {
    [`PUT ${api}/draft`]: (body: unknown): Draft => {
      const { content, baseNumber } = body as DraftSave;
      return { content: content as PromptContent, baseNumber, revision: ++last, updatedAt: at };
    },
  };
}
const kept = (content: PromptContent, baseNumber = 5, revision = 1): Draft => ({
  content,
  baseNumber,
  revision,
  updatedAt: at,
});
/** What was saved last: a busy machine may save in between. */
const saved = (sent: { body: unknown }[]) => (sent.at(-1)?.body as DraftSave | undefined)?.content;
const system = () => screen.findByRole("textbox", { name: "Text of message 1, system" });

describe("the editor of a prompt", () => {
  it("begins with the last version and makes a draft with the first change", async () => {
    const sent = answerWith({ ...routes(), ...draftRoutes() });
    open();
    const field = await system();
    expect(screen.getByText("a change starts a draft that only you see")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Save as version" }).getAttribute("aria-disabled")).toBe(
      "true",
    );
    await expectNoAxeViolations();
    await type(field, "Be brief.");
    await waitFor(() =>
      expect(sent).toMatchObject([
        {
          method: "PUT",
          path: `${api}/draft`,
          body: {
            baseNumber: 5,
            revision: null,
            content: { messages: [{ text: "Be brief." }, {}, {}] },
          },
        },
      ]),
    );
    await screen.findByText("started from v5");
    expect(screen.getByRole("button", { name: "Save as version" }).getAttribute("aria-disabled")).toBeNull();
  });

  it("adds, moves and removes messages and places for messages", async () => {
    const sent = answerWith({ ...routes(), ...draftRoutes() });
    open();
    await system();
    await click(screen.getByRole("button", { name: "Add message" }));
    await click(screen.getByRole("button", { name: "Add place for messages" }));
    await type(await screen.findByRole("textbox", { name: "Text of message 4, assistant" }), "So far:");
    await click(screen.getByRole("button", { name: "Move message 4 up" }));
    await click(screen.getByRole("button", { name: "Remove place 2" }));
    await waitFor(() =>
      expect(saved(sent)).toHaveProperty("messages", [
        fifth.messages[0],
        { role: "assistant", text: "So far:" },
        fifth.messages[2],
        { placeholder: "history_2" },
      ]),
    );
  });

  it("marks variables in texts, and references and what is not declared in another way", async () => {
    answerWith(routes());
    open();
    await type(await system(), "In {{tone}} with {{mood}} as {{> main.support.rules@3}} says.");
    const grounds = [...document.querySelectorAll("[aria-hidden] span.inset-ring")].map((mark) => [
      mark.textContent,
      /bg-(\w+)/.exec(mark.className)?.[1],
    ]);
    expect(grounds).toContainEqual(["{{tone}}", "accent"]);
    expect(grounds).toContainEqual(["{{mood}}", "warn"]);
    expect(grounds).toContainEqual(["{{> main.support.rules@3}}", "sunken"]);
  });

  it("finds what is doubtful and leads to it", async () => {
    answerWith(routes());
    open();
    await type(await system(), "Answer in a {{mood}} mood.");
    const findings = within(screen.getByRole("region", { name: /^Findings/ }));
    await click(findings.getByRole("button", { name: /mood is not declared/ }));
    const field = (await system()) as HTMLTextAreaElement;
    expect(document.activeElement).toBe(field);
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe("{{mood}}");
    await expectNoAxeViolations();
  });

  it("declares variables with type, default and description", async () => {
    const sent = answerWith({ ...routes(), ...draftRoutes() });
    open();
    await type(await system(), "Answer in a {{mood}} mood.");
    await click(screen.getByRole("button", { name: "Declare mood" }));
    const row = within(screen.getByRole("listitem", { name: "mood" }));
    await type(row.getByRole("textbox", { name: "Description" }), "Of the writer");
    await click(row.getByRole("checkbox", { name: "Callers have to give it" }));
    await type(row.getByRole("textbox", { name: "Default" }), "good");
    await type(screen.getByRole("textbox", { name: "Name of a new variable" }), "2nd");
    await click(screen.getByRole("button", { name: "Declare variable" }));
    expect(screen.getByRole("alert").textContent).toContain("Begin with a letter or _");
    await click(screen.getByRole("button", { name: "Remove the declaration of product" }));
    await waitFor(() =>
      expect(saved(sent)?.variables).toEqual([
        third.variables[1],
        third.variables[2],
        { name: "mood", type: { type: "text" }, default: "good", description: "Of the writer" },
      ]),
    );
  });

  it("sets parameters as they can be sent, and keeps what cannot in sight", async () => {
    const sent = answerWith({ ...routes(), ...draftRoutes() });
    open();
    await system();
    await type(screen.getByRole("textbox", { name: "Temperature" }), "3");
    expect(screen.getByRole("alert").textContent).toBe("0 to 2");
    await type(screen.getByRole("textbox", { name: "Temperature" }), "0,2");
    await type(screen.getByRole("textbox", { name: "Max tokens" }), "");
    await click(screen.getByRole("button", { name: "Name no model" }));
    const stop = screen.getByRole("textbox", { name: "Stop" });
    await type(stop, "\\n\\n");
    await act(async () => void fireEvent.keyDown(stop, { key: "Enter" }));
    await waitFor(() =>
      expect(saved(sent)).toMatchObject({ model: null, parameters: { temperature: 0.2, stop: ["\n\n"] } }),
    );
    expect(saved(sent)?.parameters).not.toHaveProperty("max_tokens");
  });

  it("takes a schema for answers once it can be read", async () => {
    const sent = answerWith({ ...routes(), ...draftRoutes() });
    open();
    await system();
    await click(screen.getByRole("radio", { name: "Schema" }));
    await type(screen.getByRole("textbox", { name: "JSON Schema" }), '{"type": "obj');
    expect(screen.getByText(/^Not in the draft yet/)).toBeTruthy();
    await type(screen.getByRole("textbox", { name: "JSON Schema" }), '{"type": "object"}');
    await waitFor(() =>
      expect(saved(sent)?.responseFormat).toEqual({
        type: "json_schema",
        json_schema: { name: "answer", strict: true, schema: { type: "object" } },
      }),
    );
  });

  it("shows what would be sent with values, includes in place, and about how many tokens it is", async () => {
    const rules: PromptContent = {
      type: "text",
      text: "Never promise {{what}}.",
      variables: [{ name: "what", type: { type: "text" }, default: "a date", description: "" }],
      model: null,
      parameters: {},
      responseFormat: null,
    };
    const fetched = {
      id: "pmt_2",
      name: "main.support.rules",
      version: 3,
      alias: "production",
      aliases: ["production"],
      message: "First",
      createdAt: at,
      content: rules,
      resolved: rules,
      includes: [],
      variables: rules.variables,
      placeholders: [],
    };
    answerWith({ ...routes(), ...draftRoutes(), "GET /api/prompts/main.support.rules": fetched });
    open();
    await type(await system(), "{{> main.support.rules}} Be kind.");
    const preview = within(screen.getByRole("region", { name: /^Preview/ }));
    await preview.findByText("a date");
    expect(preview.getByRole("link", { name: "main.support.rules" }).getAttribute("href")).toBe(
      "/prompts/main.support.rules?version=3",
    );
    expect(preview.getByText("production, now v3")).toBeTruthy();
    expect(preview.getByText("Values are missing for product and ticket.")).toBeTruthy();
    await type(preview.getByRole("textbox", { name: "product" }), "Lamp {{tone}}");
    await type(preview.getByRole("textbox", { name: "ticket" }), "It hums.");
    expect(preview.getByText("ready to send")).toBeTruthy();
    const sent = preview.getByRole("list", { name: "As it would be sent" });
    expect(sent.textContent).toContain("Never promise a date. Be kind.");
    // A value is never read as a template.
    expect(sent.textContent).toContain("Summarise this Lamp {{tone}} ticket in a calm tone.");
    expect(preview.getByText(/^about/).textContent).toMatch(/about \d+ tokens, guessed from its length/);
    await expectNoAxeViolations();
  });

  it("says why a prompt that it includes cannot be shown", async () => {
    answerWith({
      ...routes(),
      ...draftRoutes(),
      "GET /api/prompts/main.support.rules": new Refusal(404, "not_found", "There is no alias production."),
    });
    open();
    await type(await system(), "{{> main.support.rules}}");
    await screen.findByText("Not resolved. There is no alias production.");
  });
});

describe("a draft", () => {
  const drafted = { ...prompt, draft: { baseNumber: 5, updatedAt: at, revision: 1 } };
  const mine = { ...fifth, parameters: { temperature: 0.1 } };
  const withDraft = (draft: Draft = kept(mine)) => ({
    ...routes({ ...drafted, draft }),
    [`GET ${api}/draft`]: draft,
    ...draftRoutes(draft.revision),
  });

  it("becomes a version with words on what it changes", async () => {
    const sent = answerWith({ ...withDraft(), [`POST ${api}/draft/merge`]: versionOf(6, mine) });
    open();
    await click(await screen.findByRole("button", { name: "Save as version" }));
    await screen.findByRole("dialog", { name: "Save as v6" });
    await submit();
    expect(screen.getByRole("alert").textContent).toBe("Say what this version changes.");
    await type(screen.getByRole("textbox", { name: "What this version changes" }), "Colder");
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("v6 is saved.");
    expect(sent).toEqual([
      { method: "POST", path: `${api}/draft/merge`, body: { message: "Colder", revision: 1 } },
    ]);
    expect(window.location.search).toContain("version=6");
  });

  it("that would change nothing stays a draft, in the workbench's own words", async () => {
    answerWith({
      ...withDraft(),
      [`POST ${api}/draft/merge`]: new Refusal(409, "conflict", "v5 says the same already."),
    });
    open();
    await click(await screen.findByRole("button", { name: "Save as version" }));
    await type(await screen.findByRole("textbox", { name: "What this version changes" }), "Same");
    await submit();
    expect((await screen.findByRole("alert")).textContent).toBe(
      "Nothing was changed. v5 says the same already.",
    );
  });

  it("that says something else than a version saved first is merged as somebody chooses, then saved", async () => {
    const theirs = { ...fifth, parameters: { temperature: 0.9, max_tokens: 400 }, model: "desk_chat" };
    const clash = {
      base: versionOf(5, fifth),
      theirs: { ...versionOf(6, theirs), createdBy: noor, message: "Warmer" },
      mine,
      ...mergeContents(fifth, theirs, mine),
    };
    let tries = 0;
    const sent = answerWith({
      ...withDraft(),
      // The page learns of the version while its text is not read yet: the editor stays as it is.
      [`GET ${api}/detail`]: () => ({ ...drafted, lastNumber: tries === 0 ? 5 : 6 }),
      [`GET ${api}/versions/6`]: silence,
      [`POST ${api}/draft/merge`]: () =>
        tries++ === 0
          ? new Refusal(409, "conflict", "Noor saved v6 first.", undefined, clash)
          : versionOf(7, mine),
    });
    open();
    await click(await screen.findByRole("button", { name: "Save as version" }));
    await type(await screen.findByRole("textbox", { name: "What this version changes" }), "Colder");
    await submit();
    const dialog = within(await screen.findByRole("dialog", { name: "Not saved. Noor saved v6 first" }));
    const save = dialog.getByRole("button", { name: "Save version" });
    expect(save.getAttribute("aria-disabled")).toBe("true");
    expect(dialog.getByText("1 choice to make")).toBeTruthy();
    const place = within(dialog.getByRole("group", { name: "temperature" }));
    expect(place.getAllByRole("radio")).toHaveLength(3);
    await expectNoAxeViolations();
    await click(place.getByRole("radio", { name: /^v6, Noor/ }));
    await submit();
    await screen.findByText("v7 is saved.");
    const [, draft, again] = sent;
    expect(draft).toMatchObject({
      method: "PUT",
      body: {
        baseNumber: 6,
        revision: 1,
        content: { model: "desk_chat", parameters: { temperature: 0.9 } },
      },
    });
    expect(draft?.body).not.toHaveProperty("content.parameters.max_tokens");
    expect(again?.body).toEqual({ message: "Colder", revision: 2 });
  });

  it("that another tab saved is not written over before both were shown", async () => {
    const elsewhere = kept({ ...fifth, model: "elsewhere" }, 5, 4);
    let isRead = false;
    const sent = answerWith({
      ...withDraft(),
      [`GET ${api}/draft`]: () => {
        const draft = isRead ? elsewhere : kept(mine);
        isRead = true;
        return draft;
      },
      [`PUT ${api}/draft`]: (body: unknown) => {
        const { content, revision } = body as DraftSave;
        return revision === 4
          ? kept(content as PromptContent, 5, 5)
          : new Refusal(409, "conflict", "This draft was saved elsewhere.");
      },
    });
    open();
    await type(await system(), "Mine.");
    await click(await screen.findByRole("button", { name: "Compare" }));
    const dialog = within(await screen.findByRole("dialog"));
    await dialog.findByRole("table", { name: "Configuration of elsewhere and here" });
    await expectNoAxeViolations();
    await click(dialog.getByRole("button", { name: "Keep mine" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.map(({ body }) => (body as DraftSave).revision)).toEqual([1, 4]);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is discarded after it was asked, and the last version stands there again", async () => {
    let isGone = false;
    const sent = answerWith({
      ...withDraft(kept({ ...mine, messages: [{ role: "system", text: "To be lost." }] })),
      [`GET ${api}/draft`]: () =>
        isGone ? Response.json(null) : kept({ ...mine, messages: [{ role: "system", text: "To be lost." }] }),
      [`DELETE ${api}/draft`]: () => {
        isGone = true;
        return null;
      },
    });
    open();
    expect(((await system()) as HTMLTextAreaElement).value).toBe("To be lost.");
    await click(screen.getByRole("button", { name: "Discard draft" }));
    await screen.findByRole("dialog", { name: "Discard the draft?" });
    await expectNoAxeViolations();
    await submit();
    await screen.findByText("The draft is discarded.");
    await waitFor(async () =>
      expect(((await system()) as HTMLTextAreaElement).value).toContain("You help support agents."),
    );
    expect(sent.map(({ method }) => method)).toEqual(["DELETE"]);
  });

  it("shows what others saved since it began", async () => {
    const behind = kept(mine, 3);
    answerWith({ ...withDraft(behind), [`GET ${api}/versions/3`]: versionOf(3, third) });
    open();
    await screen.findByText("started from v3, v5 was saved since");
    await click(screen.getByRole("button", { name: "What changed" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Since your draft began: v3 → v5" }));
    await dialog.findByRole("table", { name: "Configuration of v3 and v5" });
    await expectNoAxeViolations();
  });
});

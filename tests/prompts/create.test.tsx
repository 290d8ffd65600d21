// @vitest-environment jsdom
import { act, fireEvent, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { LibraryPage } from "@/components/prompts/library/library-page";
import { expectNoAxeViolations, pushed, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal } from "../ui/server";
import { detail, mira, nobodyWaits, schemas } from "./library-pages";
import "../support/patience";

standInForBrowser();

const around = { "GET /api/prompt-moves": nobodyWaits, "GET /api/prompts": { prompts: [], next: null } };
const open = (search = "new") => show(<LibraryPage me={mira} />, { path: "/prompts", search });
const dialog = async () => {
  await screen.findByLabelText("Name");
  return within(screen.getByRole("dialog", { name: "New prompt" }));
};
const submit = () =>
  act(async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement));
const fill = (label: string, value: string) =>
  fireEvent.change(within(screen.getByRole("dialog")).getByRole("textbox", { name: label }), {
    target: { value },
  });
const click = (element: Element) => act(async () => void fireEvent.click(element));

it("a prompt is made in a schema where one may, and its page opens", async () => {
  const sent = answerWith({ ...around, ...schemas(), "POST /api/prompts": detail });
  open();
  const form = await dialog();
  expect((form.getByRole("combobox") as HTMLInputElement).value).toBe("main.support");
  await submit();
  expect(form.getAllByRole("alert").map(({ textContent }) => textContent)).toEqual([
    "Enter a name.",
    "Write at least one message.",
  ]);
  await expectNoAxeViolations();
  fill("Name", "ticket_summary");
  fill("User", "Summarise {{ticket}}");
  fill("Comment", "Summarises a ticket.");
  await submit();
  await screen.findByText("main.support.ticket_summary is made.");
  expect(sent).toEqual([
    {
      method: "POST",
      path: "/api/prompts",
      body: {
        schema: "main.support",
        name: "ticket_summary",
        comment: "Summarises a ticket.",
        content: { type: "chat", messages: [{ role: "user", text: "Summarise {{ticket}}" }] },
      },
    },
  ]);
  expect(pushed).toEqual(["/prompts/main.support.ticket_summary"]);
});

it("a text prompt is one text", async () => {
  const made = { ...detail, fullName: "main.support.tone" };
  const sent = answerWith({ ...around, ...schemas(), "POST /api/prompts": made });
  open();
  const form = await dialog();
  await click(form.getByRole("radio", { name: "Text" }));
  fill("Name", "tone");
  await submit();
  expect(form.getByRole("alert").textContent).toBe("Write the first text.");
  fill("Text", "Answer plainly.");
  await submit();
  await screen.findByText("main.support.tone is made.");
  expect(sent[0]?.body).toMatchObject({ content: { type: "text", text: "Answer plainly." } });
});

it("a schema where one may not make prompts stays in the list and says why", async () => {
  answerWith({ ...around, ...schemas() });
  open("schema=main.archive&new");
  const form = await dialog();
  // The one that the list shows cannot be taken.
  expect((form.getByRole("combobox") as HTMLInputElement).value).toBe("main.support");
  await click(form.getByRole("combobox"));
  const option = await screen.findByRole("option", { name: /main\.archive/ });
  expect(option.getAttribute("aria-disabled")).toBe("true");
  expect(option.textContent).toContain("needs CREATE PROMPT");
});

it("whoever may make prompts nowhere is told what is missing and where to ask", async () => {
  answerWith({ ...around, ...schemas(false) });
  open("schema=main.support&new");
  await dialog();
  expect(screen.getByRole("link", { name: "Request it" }).getAttribute("href")).toBe(
    "/access/requests?new=main.support&kind=schema&privilege=CREATE+PROMPT",
  );
  await expectNoAxeViolations();
});

it("a refusal says that nothing was changed, and schemas that cannot be read are read again", async () => {
  let tries = 0;
  const { "GET /api/catalog/objects": tree, ...rights } = schemas();
  answerWith({
    ...around,
    ...rights,
    "GET /api/catalog/objects": (body: unknown, query: URLSearchParams) =>
      tries++ === 0 ? new Refusal(503, "unavailable", "The disk is being checked.") : tree(body, query),
    "POST /api/prompts": new Refusal(409, "conflict", "main.support.tone exists already."),
  });
  open();
  await screen.findByText("The disk is being checked.");
  await click(screen.getByRole("button", { name: "Try again" }));
  await dialog();
  fill("Name", "tone");
  fill("System", "Answer plainly.");
  await submit();
  expect((await screen.findByRole("alert")).textContent).toBe(
    "Nothing was changed. main.support.tone exists already.",
  );
});

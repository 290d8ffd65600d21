// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { batchesOf } from "@/components/playground/import-batches";
import { ImportDialog } from "@/components/playground/import-dialog";
import { mostImported, type PlaygroundDocument } from "@/lib/playground";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { refusal, serve } from "./api";
import { documentWith } from "./documents";
import "../support/patience";

standInForBrowser();

const model = { engine: "server", model: "pebble-2m" } as const;
const click = (element: Element) => act(async () => void fireEvent.click(element));
const talk = (question: string) => ({
  messages: [
    { role: "user", content: question },
    { role: "tool", content: "x" },
    { role: "assistant", content: "Yes." },
  ],
});
const lines = (...questions: string[]) =>
  questions.map((question) => JSON.stringify(talk(question))).join("\n");

interface Sent {
  folder: string;
  sessions: { title: string; document: PlaygroundDocument }[];
}

async function paste(text: string) {
  await act(
    async () => void fireEvent.change(screen.getByLabelText("Or paste it"), { target: { value: text } }),
  );
  await click(screen.getByRole("button", { name: "Read the text" }));
}

const made = (sessions: unknown[]) =>
  Response.json(
    sessions.map((_, index) => ({
      id: `pg_${index}`,
      title: "T",
      version: 1,
      createdAt: "2026-11-21T09:11:00.000Z",
      updatedAt: "2026-11-21T09:11:00.000Z",
    })),
    { status: 201 },
  );

describe("the import dialog", () => {
  it("lists what a pasted text holds, and takes in what is ticked", async () => {
    const sent: Sent[] = [];
    serve({
      "POST /api/playground/import": (body) => {
        sent.push(body as Sent);
        return made((body as Sent).sessions);
      },
    });
    const onClose = vi.fn();
    show(<ImportDialog model={model} onClose={onClose} />);
    await expectNoAxeViolations();
    await paste(lines("One?", "Two?", "Three?"));
    const second = await screen.findByRole("checkbox", { name: /Two\?/ });
    expect(screen.getAllByText("1 turn. Left out: 1 tool message.")).toHaveLength(3);
    await expectNoAxeViolations();
    await click(second);
    expect(screen.getByRole("checkbox", { name: "All 3 conversations" }).getAttribute("aria-checked")).toBe(
      "false",
    );
    await click(screen.getByRole("button", { name: /^Import 2/ }));
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(sent.map(({ folder, sessions }) => [folder, sessions.map(({ title }) => title)])).toEqual([
      ["Imported", ["One?", "Three?"]],
    ]);
    expect(sent[0]?.sessions[0]?.document.columns).toMatchObject([model]);
    expect(await screen.findByText("Imported into the folder Imported")).toBeDefined();
  });

  it("reads a file that is chosen or dropped", async () => {
    serve({});
    show(<ImportDialog model={model} onClose={() => undefined} />);
    const file = (words: string) => {
      const text = JSON.stringify(talk(words));
      // jsdom's files have no text().
      return Object.assign(new File([text], "talk.json"), { text: async () => text });
    };
    const input = screen.getByLabelText("File of conversations");
    await act(async () => void fireEvent.change(input, { target: { files: [file("Chosen?")] } }));
    expect(await screen.findByRole("checkbox", { name: /Chosen\?/ })).toBeDefined();
    expect(screen.getByText("talk.json")).toBeDefined();
    await click(screen.getByRole("button", { name: "Another file" }));
    const area = screen.getByLabelText("File of conversations").parentElement;
    await act(
      async () => void (area && fireEvent.drop(area, { dataTransfer: { files: [file("Dropped?")] } })),
    );
    expect(await screen.findByRole("checkbox", { name: /Dropped\?/ })).toBeDefined();
  });

  it("says where a text stops being understood, and takes nothing", async () => {
    const asked = serve({});
    show(<ImportDialog model={model} onClose={() => undefined} />);
    await paste('{\n  "messages": [}\n');
    expect((await screen.findByRole("alert")).textContent).toMatch(
      /Nothing was taken. This is not JSON. Line 2, character 16/,
    );
    expect(asked).toEqual([]);
    await expectNoAxeViolations();
  });

  it("says which were imported when a later part fails, and offers the rest alone", async () => {
    let calls = 0;
    serve({
      "POST /api/playground/import": (body) =>
        ++calls === 2 ? refusal(507, "disk_full", "The disk is full.") : made((body as Sent).sessions),
    });
    show(<ImportDialog model={model} onClose={() => undefined} />);
    await paste(lines(...Array.from({ length: mostImported + 2 }, (_, index) => `Question ${index}`)));
    await click(await screen.findByRole("button", { name: /^Import 102/ }));
    expect((await screen.findByRole("alert")).textContent).toBe(
      "100 were imported; those below were not. The disk is full.",
    );
    expect(screen.getAllByRole("checkbox", { name: /^Question/ })).toHaveLength(2);
    await click(screen.getByRole("button", { name: /^Import 2/ }));
    await expect.poll(() => calls).toBe(3);
  });
});

describe("batches of an import", () => {
  const one = (length: number) => ({
    title: "T",
    notes: [],
    document: documentWith({ system: "x".repeat(length) }),
  });

  it("hold as many as a call takes and as many characters as a body surely holds, in order", () => {
    const many = Array.from({ length: mostImported + 1 }, () => one(1));
    expect(batchesOf(many).map((batch) => batch.length)).toEqual([mostImported, 1]);
    const large = [one(1_900_000), one(1_900_000), one(1_900_000), one(1)];
    expect(batchesOf(large).map((batch) => batch.length)).toEqual([2, 2]);
    expect(batchesOf(large).flat()).toEqual(large);
    expect(batchesOf([])).toEqual([]);
  });
});

// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { CodeDialog } from "@/components/playground/code-dialog";
import type { CodeRequest } from "@/lib/playground/code";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import "../support/patience";

standInForBrowser();

const request = (model: string, content = "Hi"): CodeRequest => ({
  model,
  messages: [{ role: "user", content }],
  parameters: { top_k: 40 },
});
const columns = [
  { letter: "A", model: "pebble-2m", engine: "browser" as const, request: request("pebble-2m") },
  { letter: "B", model: "host/large", engine: "remote" as const, request: request("host/large") },
];
const code = () => document.querySelector("pre")?.textContent ?? "";
const choose = (name: string) => fireEvent.mouseDown(screen.getByRole("tab", { name }), { button: 0 });

describe("the code of a call", () => {
  it("is shown for each language and column, with where to make a key", async () => {
    show(<CodeDialog columns={columns} onClose={() => undefined} />);
    expect(code()).toContain(`curl '${window.location.origin}/v1/chat/completions'`);
    expect(code()).toContain('"model": "pebble-2m"');
    expect(screen.getByRole("link", { name: "Make a key" }).getAttribute("href")).toBe("/keys");
    expect(screen.getByText(/runs in this browser. The code asks the server/)).toBeTruthy();
    await expectNoAxeViolations();
    choose("Python");
    await waitFor(() => expect(code()).toContain("extra_body={"));
    fireEvent.click(screen.getByRole("radio", { name: "B" }));
    expect(code()).toContain('model="host/large"');
    expect(screen.queryByText(/runs in this browser/)).toBeNull();
    choose("TypeScript");
    await waitFor(() => expect(code()).toContain("as object"));
    await expectNoAxeViolations();
  });

  it("names the prompt in the place of its messages, in each language", async () => {
    const named = {
      prompt: { name: "main.support.triage", version: 3, variables: { ticket: "T-1" } },
      parameters: {},
    };
    show(
      <CodeDialog
        columns={[{ letter: "A", model: "m", engine: "server", request: { ...request("m"), named } }]}
        onClose={() => undefined}
      />,
    );
    expect(code()).toContain('"prompt": {\n    "name": "main.support.triage",\n    "version": 3');
    expect(code()).not.toContain("messages");
    choose("Python");
    await waitFor(() => expect(code()).toContain("messages=[],"));
    expect(code()).toMatch(/extra_body=\{\s+"prompt": \{\s+"name": "main.support.triage"/);
    choose("TypeScript");
    await waitFor(() => expect(code()).toMatch(/\.\.\.\(\{\s+prompt: \{\s+name: "main.support.triage"/));
  });

  it("is copied whole, also where it is too long to show", async () => {
    const writeText = vi.fn(async (_: string) => undefined);
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
    const long = "word ".repeat(20_000);
    show(
      <CodeDialog
        columns={[{ letter: "A", model: "m", engine: "server", request: request("m", long) }]}
        onClose={() => undefined}
      />,
    );
    expect(code().length).toBeLessThan(50_000);
    expect(screen.getByText("The rest is copied, not shown.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Copy code" }));
    await waitFor(() => expect(writeText).toHaveBeenCalledWith(expect.stringContaining(long)));
  });
});

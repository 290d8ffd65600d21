// @vitest-environment jsdom
import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { AnswerFormatEditor } from "@/components/playground/answer-format-editor";
import { FormatBadge } from "@/components/playground/format-badge";
import type { AnswerFormat } from "@/lib/playground/document";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import "../support/patience";

standInForBrowser();

const start: AnswerFormat = { type: "text", schema: "", pattern: "" };
let last = start;

function Editor({ from = start }: { from?: AnswerFormat }) {
  const [value, setValue] = useState(from);
  last = value;
  return <AnswerFormatEditor value={value} onChange={setValue} />;
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: label }), { target: { value } });

describe("choosing an answer format", () => {
  it("asks for a schema, offers one, and says where it breaks", async () => {
    render(<Editor />);
    fireEvent.click(screen.getByRole("radio", { name: "Schema" }));
    expect(await screen.findByText("Write a JSON Schema, or insert the example.")).toBeTruthy();
    await expectNoAxeViolations();
    fireEvent.click(screen.getByRole("button", { name: "Insert an example" }));
    expect(await screen.findByText("JSON that this schema allows.")).toBeTruthy();
    expect(JSON.parse(last.schema)).toMatchObject({ type: "object" });
    expect(screen.queryByRole("button", { name: "Insert an example" })).toBeNull();
    type("JSON Schema", '{\n  "type": "object",\n}');
    const field = screen.getByRole("textbox", { name: "JSON Schema" });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    const note = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toBe("Line 3, column 1: A comma stands before the closing brace.");
    expect(document.querySelector("pre")?.textContent).toBe("1\n2\n3");
    await expectNoAxeViolations();
  });

  it("keeps the schema while another kind is looked at", async () => {
    render(<Editor from={{ type: "json_schema", schema: '{"type":"array"}', pattern: "" }} />);
    expect(await screen.findByText("Some providers take only a schema whose type is “object”.")).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "Pattern" }));
    type("Pattern", "(yes|no");
    expect(await screen.findByText(/^pattern: /)).toBeTruthy();
    type("Pattern", "(yes|no)");
    expect(await screen.findByText("The whole answer matches this regular expression.")).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "Schema" }));
    expect(last).toEqual({ type: "json_schema", schema: '{"type":"array"}', pattern: "(yes|no)" });
  });
});

describe("the badge of an answer's format", () => {
  const schema: AnswerFormat = {
    type: "json_schema",
    schema: '{"type":"object","required":["a"],"properties":{"b":{"type":"number"}}}',
    pattern: "",
  };

  it("says that it fits", async () => {
    const { rerender } = render(<FormatBadge format={schema} text='{"a":1}' />);
    expect(await screen.findByText("matches the schema")).toBeTruthy();
    rerender(<FormatBadge format={{ ...schema, type: "json_object" }} text="{}" />);
    expect(await screen.findByText("valid JSON")).toBeTruthy();
    rerender(<FormatBadge format={{ ...start, type: "regex", pattern: "a+" }} text="aa" />);
    expect(await screen.findByText("matches the pattern")).toBeTruthy();
  });

  it("opens the list of what does not", async () => {
    render(<FormatBadge format={schema} text='{"b":"x"}' />);
    fireEvent.click(await screen.findByRole("button", { name: "2 problems" }));
    expect((await screen.findAllByRole("listitem")).map((item) => item.textContent)).toEqual([
      'The answer lacks "a"',
      "b is a text, not a number",
    ]);
    await expectNoAxeViolations();
  });

  it("says where the JSON breaks", async () => {
    render(<FormatBadge format={schema} text={'{\n"a": 1'} />);
    fireEvent.click(await screen.findByRole("button", { name: "not JSON" }));
    expect((await screen.findByRole("listitem")).textContent).toMatch(/^Line 2, column 7 A comma/);
  });

  it("is absent where nothing was asked for", () => {
    const { container } = render(<FormatBadge format={start} text="words" />);
    expect(container.textContent).toBe("");
  });
});

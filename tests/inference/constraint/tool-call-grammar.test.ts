import { describe, expect, it } from "vitest";
import { compileConstraint } from "@/lib/inference/core/constraint/constraint";
import { type ToolCallGrammar, toolCallGrammar } from "@/lib/inference/core/constraint/tool-call-grammar";
import { seededRandom } from "@/lib/inference/core/random";
import { readerOf, sample, syntheticVocabulary } from "./support";

const weather = {
  name: "weather",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
};
const clock = { name: "clock" };
const markers = { prefix: "<tool_call>\n", suffix: "\n</tool_call>" };
const call = (name: string, args: unknown) =>
  `<tool_call>\n{"name": ${JSON.stringify(name)}, "arguments": ${JSON.stringify(args)}}\n</tool_call>`;

const readings = (grammar: ToolCallGrammar, texts: string[]) => texts.map(readerOf(grammar));

describe("tool calls", () => {
  it("are one call of any tool when required", () => {
    const grammar = toolCallGrammar([weather, clock], "required", markers);
    expect(readings(grammar, [call("weather", { city: "Bern" }), call("clock", { any: [1] })])).toEqual([
      "complete",
      "complete",
    ]);
    const wrong = [
      "",
      "Hello",
      call("weather", {}),
      call("other", {}),
      call("clock", 1),
      `${call("clock", {})}\n`,
    ];
    expect(readings(grammar, wrong)).toEqual(["beginning", ...Array.from({ length: 5 }, () => "forbidden")]);
  });

  it("are of one tool when it is named", () => {
    const grammar = toolCallGrammar([weather, clock], { name: "clock" }, markers);
    expect(readings(grammar, [call("clock", {}), call("weather", { city: "" })])).toEqual([
      "complete",
      "forbidden",
    ]);
  });

  it("may follow each other when parallel", () => {
    const grammar = toolCallGrammar([clock], "required", { ...markers, separator: "\n", parallel: true });
    const calls = (count: number) => Array.from({ length: count }, () => call("clock", { a: 1 })).join("\n");
    expect(readings(grammar, [calls(1), calls(2), calls(16), calls(17)])).toEqual([
      "complete",
      "complete",
      "complete",
      "forbidden",
    ]);
  });

  it("may be left out when auto, and are forced once the marker is written", () => {
    const grammar = toolCallGrammar([weather], "auto", markers);
    const texts = [
      "",
      'Free text, {"even": "this", "even": 1} — <tool_cal and é',
      "<tool_call>",
      `Let me look. ${call("weather", { city: "Bern" })}`,
      `<tool_call<${call("weather", { city: "" })}`,
    ];
    expect(readings(grammar, texts)).toEqual(["complete", "complete", "complete", "complete", "complete"]);
    const forced = ["<tool_call>\nHello", `${call("weather", { city: "" })} and more`, call("weather", {})];
    expect(readings(grammar, forced)).toEqual(["forbidden", "forbidden", "forbidden"]);
    expect(readings(grammar, ["<tool_call>\n{"])).toEqual(["beginning"]);
  });

  it("finds a marker that overlaps itself, between whole characters only", () => {
    const grammar = toolCallGrammar([clock], "auto", { prefix: "aabaa€" });
    const json = '{"name":"clock","arguments":{}}';
    expect(readings(grammar, [`aabaabaa€${json}`, "aabaabaa€x", "aabaa€", "aabaa\u20ad", "€aabaa"])).toEqual([
      "complete",
      "forbidden",
      "beginning",
      "complete",
      "complete",
    ]);
    const half = Uint8Array.of(0x61, 0xe2, 0x82);
    expect(readerOf(grammar)(half)).toBe("beginning");
  });

  it("never repeat a key, in any call", () => {
    const grammar = toolCallGrammar([clock], "auto", { ...markers, separator: "\n", parallel: true });
    const read = readerOf(grammar);
    const open = '{"a": 1} <tool_call>\n{"name":"clock","arguments":{"a":1,';
    expect(read(`${open}"b":2}}\n</tool_call>`)).toBe("complete");
    expect(read(`${open}"a"`)).toBe("forbidden");
    const second = `${call("clock", { a: 1 })}\n<tool_call>\n{"name":"clock","arguments":{"a":1,`;
    expect(read(`${second}"b":1}}\n</tool_call>`)).toBe("complete");
    expect(read(`${second}"a"`)).toBe("forbidden");
  });

  it("take another key for the arguments and no markers at all", () => {
    const grammar = toolCallGrammar([clock], "required", { argumentsKey: "parameters" });
    expect(
      readings(grammar, ['{"name":"clock","parameters":{}}', '{"name":"clock","arguments":{}}']),
    ).toEqual(["complete", "forbidden"]);
  });

  it("come out whole from random tokens", () => {
    const vocabulary = syntheticVocabulary(1500);
    const constraint = compileConstraint(
      toolCallGrammar([weather, clock], "required", { ...markers, parallel: true }),
    );
    const random = seededRandom(41);
    for (let round = 0; round < 60; round++) {
      const { text } = sample(constraint, vocabulary, random, round);
      const calls = text
        .split("<tool_call>\n")
        .slice(1)
        .map((part) => JSON.parse(part.slice(0, -"\n</tool_call>".length)));
      expect(calls.length).toBeGreaterThan(0);
      for (const { name, arguments: args } of calls) {
        expect(["weather", "clock"]).toContain(name);
        if (name === "weather") expect(Object.keys(args)).toEqual(["city"]);
      }
    }
  });

  it.each<[string, () => ToolCallGrammar, RegExp]>([
    ["auto without a prefix", () => toolCallGrammar([clock], "auto"), /needs a prefix/],
    ["no tools", () => toolCallGrammar([], "required"), /1 to 128/],
    ["an unknown tool", () => toolCallGrammar([clock], { name: "none" }), /none of the tools/],
    ["a name twice", () => toolCallGrammar([clock, clock], "required"), /same name/],
    [
      "parameters of no object",
      () => toolCallGrammar([{ name: "f", parameters: { type: "string" } }], "required"),
      /No finite value/,
    ],
    [
      "an unsupported keyword",
      () => toolCallGrammar([{ name: "f", parameters: { not: {} } }], "required"),
      /Tool f: #: not/,
    ],
  ])("are refused with %s", (_, grammar, message) => {
    expect(() => compileConstraint(grammar())).toThrowError(message);
  });
});

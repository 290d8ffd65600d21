import { describe, expect, it } from "vitest";
import { bounds, type PlaygroundDocument } from "@/lib/playground";
import { messagesFor } from "@/lib/playground/conversation";
import { readConversations } from "@/lib/playground/import/read-conversations";
import { answer, documentWith, firstReleaseDocument } from "./documents";

const model = { model: "pebble-2m", engine: "server" } as const;
const read = (value: unknown) =>
  readConversations(typeof value === "string" ? value : JSON.stringify(value), model);

function only(value: unknown) {
  const { conversations } = read(value);
  const [first] = conversations;
  if (!first || conversations.length !== 1) throw new Error(`${conversations.length} conversations`);
  return first;
}

/** Turns as one line each: id ‹ parent: question = answers, the chosen one starred. */
function outline({ turns }: PlaygroundDocument): string[] {
  return turns.map(({ id, parent, user, answers, chosen }) => {
    const given = (answers.a ?? []).map(({ text }, index) => (chosen?.a === index ? `${text}*` : text));
    return `${id}‹${parent ?? ""}: ${user} = ${given.join(" | ")}`;
  });
}

const said = (role: string, content: unknown, more = {}) => ({ role, content, ...more });
const talk = [
  said("system", "Be brief."),
  said("user", "Hello?"),
  said("assistant", "Hi."),
  said("user", "Who pays?"),
  said("assistant", "The buyer."),
];

describe("OpenAI messages", () => {
  it.each([
    ["an array", talk],
    ["an object", { messages: talk }],
    ["a file of lines", `${JSON.stringify({ messages: talk })}\n\n`],
  ])("as %s become one comparison of one column", (_, value) => {
    const { title, document, notes } = only(value);
    expect([title, notes]).toEqual(["Hello?", []]);
    expect(document).toMatchObject({
      system: "Be brief.",
      columns: [{ id: "a", ...model }],
      messages: [{ role: "user", text: "Hello?" }],
      head: "t2",
      saving: "auto",
    });
    expect(outline(document)).toEqual(["t1‹: Hello? = Hi.", "t2‹t1: Who pays? = The buyer."]);
    expect(document.turns[0]?.answers.a?.[0]).toMatchObject({ outcome: "finished", model: "unknown" });
  });

  it("as lines become a comparison each, in their order", () => {
    const lines = ["One?", "Two?", "Three?"].map((text) =>
      JSON.stringify({ messages: [said("user", text), said("assistant", "Yes.")] }),
    );
    expect(read(lines.join("\r\n")).conversations.map(({ title }) => title)).toEqual([
      "One?",
      "Two?",
      "Three?",
    ]);
  });

  it("keep what stands before the first question, join what follows without an answer, and go on as they were", () => {
    const { document } = only([
      said("assistant", "Welcome."),
      said("user", "First"),
      said("user", "and second."),
      said("assistant", "Both."),
      said("assistant", "Done."),
      said("user", "Left open"),
    ]);
    expect(outline(document)).toEqual(["t1‹: First\n\nand second. = Both.\n\nDone.", "t2‹t1: Left open = "]);
    expect(document.turns[0]?.lead).toMatchObject([{ role: "assistant", text: "Welcome." }]);
    expect(document.messages.map(({ text }) => text)).toEqual(["Welcome.", "First\n\nand second."]);
    const answers = Object.fromEntries(
      document.turns.map((turn) => [turn.id, turn.answers.a ?? []]).filter(([, given]) => given?.length),
    );
    expect(
      messagesFor("", document.turns, { answers, chosen: {} }, "t2").map(({ content }) => content),
    ).toEqual(["Welcome.", "First\n\nand second.", "Both.\n\nDone.", "Left open"]);
  });

  it("keep enclosed images, never an address, and count what is left out", () => {
    const image = "data:image/png;base64,iVBORw0KGgo=";
    const { document, notes } = only([
      said("user", [
        { type: "text", text: "What is it?" },
        { type: "image_url", image_url: { url: image } },
        { type: "image_url", image_url: { url: "https://example.org/x.png" } },
        { type: "input_audio", input_audio: {} },
      ]),
      said("assistant", null, { tool_calls: [{}, {}] }),
      said("tool", "42"),
      said("assistant", null, { refusal: "I cannot." }),
      said("system", "Now in French."),
    ]);
    expect(document.turns[0]).toMatchObject({
      user: "What is it?",
      attachments: [{ kind: "image", url: image }],
      answers: { a: [{ text: "I cannot." }] },
    });
    expect(document.messages[0]?.attachments).toHaveLength(1);
    expect(notes).toEqual([
      "Left out: 1 image, 1 input_audio, 2 tool calls, 1 tool message, 1 system message within the conversation.",
    ]);
    expect(JSON.stringify(document)).not.toContain("example.org");
  });
});

/** A ChatGPT export of one conversation from "id ‹ parent role: text" lines. */
function chatGpt(lines: string[], more: Record<string, unknown> = {}) {
  const mapping: Record<string, { children: string[]; [field: string]: unknown }> = {
    root: { id: "root", message: null, parent: null, children: [] },
  };
  for (const line of lines) {
    const [, id = "", parent = "", role = "", text = ""] = /^(\w+)‹(\w+) (\w+): (.*)$/.exec(line) ?? [];
    mapping[id] = {
      id,
      parent,
      children: [],
      message: {
        author: { role },
        content: { content_type: "text", parts: [text] },
        metadata: role === "assistant" ? { model_slug: "gpt-4o" } : {},
      },
    };
    mapping[parent]?.children.push(id);
  }
  return { title: "From elsewhere", create_time: 1.5, mapping, ...more };
}

describe("a ChatGPT export", () => {
  it("keeps titles, the models that answered, and answers given again as answers of one turn", () => {
    const { title, document, notes } = only([
      chatGpt(
        [
          "s‹root system: ",
          "u1‹s user: Hello?",
          "a1‹u1 assistant: Hi.",
          "a2‹u1 assistant: Hey.",
          "u2‹a1 user: More",
          "b1‹u2 assistant: End.",
        ],
        { current_node: "b1" },
      ),
    ]);
    expect([title, notes]).toEqual(["From elsewhere", []]);
    expect(outline(document)).toEqual(["t1‹: Hello? = Hi.* | Hey.", "t2‹t1: More = End."]);
    expect(document.head).toBe("t2");
    expect(document.turns[0]?.answers.a?.[0]).toMatchObject({
      model: "gpt-4o",
      engine: { kind: "remote", device: "imported" },
    });
  });

  it("keeps nested branches as branches of turns, with the one in sight at the head", () => {
    const { document } = only([
      chatGpt(
        [
          "u1‹root user: Q",
          "a1‹u1 assistant: A1",
          "a2‹u1 assistant: A2",
          "u2‹a1 user: on A1",
          "b1‹u2 assistant: B1",
          "u3‹a2 user: on A2",
          "b2‹u3 assistant: B2",
          "u4‹a2 user: on A2, reworded",
          "b3‹u4 assistant: B3",
        ],
        { current_node: "b2" },
      ),
    ]);
    expect(outline(document)).toEqual([
      "t1‹: Q = A1",
      "t2‹t1: on A1 = B1",
      "t3‹: Q = A2",
      "t4‹t3: on A2 = B2",
      "t5‹t3: on A2, reworded = B3",
    ]);
    expect(document.head).toBe("t4");
  });

  it("counts what is not text and goes on behind it", () => {
    const conversation = chatGpt([
      "u1‹root user: Draw",
      "c1‹u1 assistant: hidden code",
      "r1‹c1 tool: result",
      "a1‹r1 assistant: Drawn.",
      "i1‹a1 user: and this?",
      "b1‹i1 assistant: A cat.",
    ]);
    const content = (id: string, value: object) => {
      const message = conversation.mapping[id]?.message as { content: object };
      message.content = value;
    };
    content("c1", { content_type: "code", text: "draw()" });
    content("i1", {
      content_type: "multimodal_text",
      parts: [{ content_type: "image_asset_pointer" }, "and this?"],
    });
    const { document, notes } = only(conversation);
    expect(outline(document)).toEqual(["t1‹: Draw = Drawn.", "t2‹t1: and this? = A cat."]);
    expect(notes).toEqual(["Left out: 1 message of kind code, 1 tool message, 1 image."]);
  });

  it("leaves out conversations without a question and says how many", () => {
    const { conversations, notes } = read([chatGpt([]), chatGpt(["u‹root user: Q"]), chatGpt([])]);
    expect([conversations.length, notes]).toEqual([1, ["2 conversations without a question left out."]]);
  });

  it("whose messages go in a circle, or stand in two places, is refused whole", () => {
    const good = chatGpt(["u‹root user: Q"]);
    const circle = chatGpt(["u‹root user: Q", "a‹u assistant: A"]);
    circle.mapping.u = { children: [], ...circle.mapping.u, parent: "a" };
    circle.mapping.a = { ...circle.mapping.a, children: ["u"] };
    circle.mapping.root = { ...circle.mapping.root, children: [] };
    expect(() => read([good, circle])).toThrow("circle");
    const self = chatGpt(["u‹root user: Q"]);
    self.mapping.x = { parent: "x", children: ["x"], message: null };
    expect(() => read([self])).toThrow("circle");
    const double = chatGpt(["u‹root user: Q", "a‹u assistant: A", "b‹u assistant: B", "c‹a user: C"]);
    double.mapping.b = { ...double.mapping.b, children: ["c"] };
    expect(() => read([double])).toThrow("stands in two places");
  });

  it("that is very deep is cut to what a comparison holds, and one beyond any sense is refused", () => {
    const chain = (length: number) =>
      chatGpt(
        Array.from(
          { length },
          (_, at) => `n${at}‹${at === 0 ? "root" : `n${at - 1}`} ${at % 2 ? "assistant" : "user"}: ${at}`,
        ),
      );
    const { document, notes } = only({ ...chain(2_000), current_node: "n1999" });
    expect(document.turns).toHaveLength(bounds.turns);
    expect([document.head, notes]).toEqual([
      `t${bounds.turns}`,
      ["600 turns left out: a comparison holds 400."],
    ]);
    expect(() => read(chain(20_001))).toThrow("more than 20,000 messages");
  });

  it("keeps the conversation in sight when there are more turns than fit", () => {
    const branches = Array.from({ length: 500 }, (_, at) => [
      `u${at}‹a user: Branch ${at}`,
      `b${at}‹u${at} assistant: B${at}`,
    ]).flat();
    const { document } = only({
      ...chatGpt(["u‹root user: Q", "a‹u assistant: A", ...branches]),
      current_node: "b499",
    });
    expect(document.turns).toHaveLength(bounds.turns);
    expect(document.turns.find(({ id }) => id === document.head)?.user).toBe("Branch 499");
  });
});

describe("our own export", () => {
  it("comes back as it was, alone, with a title, and in a list with others", () => {
    const document = documentWith({ values: { place: "Oslo" } });
    expect(only(document)).toEqual({ title: "The sensor paired at once.", document, notes: [] });
    expect(only({ title: "Named", document, version: 3 }).title).toBe("Named");
    expect(read([{ title: "A", document }, { messages: talk }]).conversations).toHaveLength(2);
  });

  it("of the first release is brought to the present shape", () => {
    expect(only(firstReleaseDocument()).document).toMatchObject({ head: "t2", messages: [{ role: "user" }] });
  });

  it("with answers of a browser counts as asked to be saved", () => {
    const here = { ...answer, engine: { kind: "browser" as const, device: "WASM" } };
    const turns = [{ id: "t1", parent: null, user: "Q", answers: { a: [here] } }];
    expect(only(documentWith({ turns })).document.saving).toBe("asked");
  });

  it("that was changed by hand beyond what is known is refused with the place", () => {
    expect(() => read({ ...documentWith(), api_base: "https://evil.example" })).toThrow(
      /The file is not understood.*api_base/s,
    );
    expect(() => read([documentWith(), documentWith({ head: "t9" })])).toThrow(
      "Conversation 2 is not understood. head",
    );
  });
});

describe("what cannot be read", () => {
  it.each([
    ["", "nothing in it"],
    ["   \n", "nothing in it"],
    ["hello", "This is not JSON. Line 1, character 1"],
    ['[{"role":"user","content":"x"},]', "This is not JSON. Line 1, character 32"],
    ['{\n  "messages": [\n    {"role": user}\n  ]\n}', "This is not JSON. Line 3, character 14"],
    [`${JSON.stringify({ messages: talk })}\n{"messages": [}\n`, "Line 2 is not JSON. Character 15"],
    ["[]", "Nobody asks anything"],
    ["42", "The file is not understood"],
    ['{"messages":"x"}', "The file is not understood"],
    ['[{"messages":[{"content":"no role"}]}]', "Conversation 1 is not understood. 0.role"],
    ['[{"messages":[{"role":"user","content":42}]}]', "Conversation 1 is not understood"],
    ["[[[[[[]]]]]]", "Conversation 1 is not understood"],
    [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "not understood"],
  ])("is refused with the place: %.40j", (text, words) => {
    expect(() => readConversations(text, model)).toThrow(words);
  });

  it("is refused as a caller can act on it", () => {
    const code = (text: string) => {
      try {
        return readConversations(text, model) && "read";
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect([code("{"), code("[]"), code("x".repeat(64 * 1024 * 1024 + 1))]).toEqual([
      "invalid",
      "unprocessable",
      "too_large",
    ]);
    expect(code(JSON.stringify([said("user", "x".repeat(bounds.text + 1))]))).toBe("unprocessable");
    const huge = Array.from({ length: 8 }, () => said("user", "x".repeat(1_000_000)).content);
    expect(code(JSON.stringify(huge.flatMap((text) => [said("user", text), said("assistant", "y")])))).toBe(
      "too_large",
    );
    expect(code(JSON.stringify(Array.from({ length: 5_001 }, () => ({ messages: [] }))))).toBe("too_large");
  });

  it("holds nothing that a database or a prototype would trip over", () => {
    const text =
      '{"messages":[{"role":"user","content":"a\\u0000b\\ud800c","__proto__":{"x":1}}],"title":"t\\u0000\\ud800"}';
    const { title, document } = only(text);
    expect(document.turns[0]?.user).toBe("a\uFFFDb\uFFFDc");
    expect([title.isWellFormed(), title.includes("\0")]).toEqual([true, false]);
    const mapping = `{"mapping":{"__proto__":{"children":["u"],"message":null},"u":{"parent":"__proto__","message":{"author":{"role":"user"},"content":{"content_type":"text","parts":["Q"]}}}}}`;
    expect(only(mapping).document.turns).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { readEvents } from "@/lib/playground/sse";

function streamOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function read(text: string, size: number): Promise<string[]> {
  const bytes = new TextEncoder().encode(text);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.slice(at, at + size));
  const out: string[] = [];
  for await (const data of readEvents(streamOf(chunks))) out.push(data);
  return out;
}

const cases: [string, string, string[]][] = [
  ["LF", 'data: {"a":1}\n\ndata: [DONE]\n\n', ['{"a":1}', "[DONE]"]],
  ["CRLF", "data: one\r\n\r\ndata: two\r\n\r\n", ["one", "two"]],
  ["CR", "data: one\r\rdata: two\r\r", ["one", "two"]],
  ["comments, names and ids", ": keep-alive\n\nevent: x\nid: 7\ndata: one\n\n", ["one"]],
  ["several data lines", "data: one\ndata: two\n\n", ["one\ntwo"]],
  ["no space after the colon", "data:one\n\n", ["one"]],
  ["an event that the stream ends without closing", "data: one\n\ndata: two", ["one", "two"]],
  ["characters of several bytes", "data: naïve 🙂 日本\n\n", ["naïve 🙂 日本"]],
  ["a byte order mark", "\uFEFFdata: one\n\n", ["one"]],
];

describe("reading server-sent events", () => {
  for (const [name, text, expected] of cases) {
    it(`reads ${name} in chunks of every size`, async () => {
      for (const size of [1, 2, 3, 5, 7, 1_000]) expect(await read(text, size)).toEqual(expected);
    });
  }

  it("lets others have their turn while events come faster than they are taken", async () => {
    let turns = 0;
    const other = setInterval(() => turns++, 0);
    const bytes = new TextEncoder().encode("data: one\n\n".repeat(100));
    for await (const _ of readEvents(streamOf([bytes]))) {
      const until = performance.now() + 2;
      while (performance.now() < until);
    }
    clearInterval(other);
    expect(turns).toBeGreaterThan(5);
  });

  it("refuses an event without end instead of filling the memory", async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(120);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent++;
        controller.enqueue(sent === 1 ? new TextEncoder().encode("data: ") : megabyte);
      },
    });
    await expect(async () => {
      for await (const _ of readEvents(endless)) expect.unreachable();
    }).rejects.toThrow("too large");
    expect(sent).toBeLessThan(40);
  });
});

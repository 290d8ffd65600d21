const longestEvent = 16 * 1024 * 1024;
/** Milliseconds of work after which the page has its turn. */
const longestTurn = 8;

/** Resolves behind what the page has to do. A timer would come once a second where the tab is hidden. */
function pageTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * The data of each server-sent event. Takes any chunking, LF, CRLF and CR, comments and several data
 * lines; an event that the stream ends without closing still counts. An event without end is refused,
 * so that a hostile upstream cannot fill the memory. However fast they come, the page has its turn between them.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let data: string[] = [];
  let size = 0;
  let since = performance.now();

  function* take(lines: string[]): Generator<string> {
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) yield data.join("\n");
        data = [];
        size = 0;
      } else if (line.startsWith("data:")) {
        const value = line.slice(line[5] === " " ? 6 : 5);
        size += value.length;
        data.push(value);
      }
    }
  }

  try {
    for (;;) {
      const { done, value } = await reader.read();
      const piece = done ? decoder.decode() : decoder.decode(value, { stream: true });
      rest += piece;
      if (size + rest.length > longestEvent) throw new Error("An event of the stream is too large.");
      if (!done && !/[\r\n]/.test(piece)) continue;
      // A CR at the end may be the first half of CRLF: it waits for the next chunk.
      const complete = !done && rest.endsWith("\r") ? rest.length - 1 : rest.length;
      const lines = rest.slice(0, complete).split(/\r\n|\r|\n/);
      rest = (lines.pop() ?? "") + rest.slice(complete);
      for (const event of take(lines)) {
        yield event;
        if (performance.now() - since > longestTurn) {
          await pageTurn();
          since = performance.now();
        }
      }
      if (done) {
        yield* take([rest, ""]);
        return;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

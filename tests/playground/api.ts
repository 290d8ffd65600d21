import { vi } from "vitest";
import type { ServedModel } from "@/lib/gateway";

const model = (id: string, more: Partial<ServedModel> = {}): ServedModel => ({
  id,
  task: "chat",
  engine: "server",
  inBrowser: true,
  description: "",
  context: 512,
  parameters: 2_100_000,
  ownedBy: "tessera",
  created: 1_790_000_000,
  ...more,
});

export const models: ServedModel[] = [
  model("pebble-2m"),
  model("grain-embed", { task: "embedding", inBrowser: false }),
  model("hosted/large", { engine: "remote", inBrowser: false, connection: "hosted", ownedBy: "hosted" }),
];

type Answer = Response | Promise<Response>;

/** The workbench's HTTP as this page's `fetch` sees it, by method and path. */
export function serve(routes: Record<string, (body: unknown) => Answer>): string[] {
  const asked: string[] = [];
  const all: typeof routes = {
    "GET /api/models": () => Response.json(models),
    "GET /api/models/aliases": () => Response.json([]),
    "GET /api/playground": () => Response.json({ sessions: [], next: null }),
    ...routes,
  };
  vi.stubGlobal("fetch", async (input: string, init: RequestInit = {}) => {
    const name = `${init.method ?? "GET"} ${input.split("?")[0]}`;
    asked.push(name);
    const route = all[name];
    if (!route) throw new TypeError(`No route ${name}`);
    return route(init.body === undefined ? undefined : JSON.parse(String(init.body)));
  });
  return asked;
}

/** A chat completion as `/v1` streams it. */
export function completion(text: string): Response {
  const data = (value: unknown) => `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`;
  const words = text.split(/(?<= )/);
  const chunks = [
    { choices: [], tessera: { engine: { kind: "server", device: "ONNX, CPU" } } },
    ...words.map((content) => ({ choices: [{ delta: { content } }], tessera: { tokens: 1 } })),
    { choices: [{ delta: {}, finish_reason: "stop" }] },
    { choices: [], usage: { prompt_tokens: 12, completion_tokens: words.length } },
    "[DONE]",
  ];
  return new Response(chunks.map(data).join(""), { headers: { "content-type": "text/event-stream" } });
}

export const refusal = (status: number, code: string, message: string) =>
  Response.json(
    { error: { code, message, type: "server_error", request_id: "req-7f3a" } },
    { status, headers: { "x-request-id": "req-7f3a" } },
  );

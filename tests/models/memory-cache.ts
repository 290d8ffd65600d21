import { vi } from "vitest";

/** Cache Storage in memory, for pages that jsdom shows. `room` is what fits in, in bytes. */
export function standInForCaches(room = Number.POSITIVE_INFINITY) {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const absolute = (key: string | Request) =>
    typeof key === "string" ? new URL(key, location.origin).href : key.url;
  const state = { room };
  const used = () => [...entries.values()].reduce((sum, { length }) => sum + length, 0);
  const cache = {
    keys: async () => [...entries.keys()].map((url) => new Request(url)),
    match: async (key: string | Request) => {
      const bytes = entries.get(absolute(key));
      return bytes && new Response(bytes);
    },
    put: async (key: string | Request, response: Response) => {
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (used() + bytes.length > state.room) throw new DOMException("full", "QuotaExceededError");
      entries.set(absolute(key), bytes);
    },
    delete: async (key: string | Request) => entries.delete(absolute(key)),
  };
  vi.stubGlobal("caches", { open: async () => cache });
  Object.defineProperty(navigator, "storage", {
    configurable: true,
    value: { estimate: async () => ({ usage: used(), quota: 10e9 }), persist: async () => true },
  });
  return state;
}

export function withoutCaches(): void {
  vi.stubGlobal("caches", undefined);
  Reflect.deleteProperty(navigator, "storage");
}

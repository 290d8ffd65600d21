import { describe, expect, it } from "vitest";
import { formatLink, type ModelRef, parseLink } from "@/lib/playground/link";

const columns: ModelRef[] = [
  { engine: "browser", model: "pebble-2m" },
  { engine: "server", model: "pebble-2m" },
  { engine: "remote", model: "hosted/meta-llama/Llama 3.1:70b&x=1" },
];

describe("models in the address", () => {
  it("gives back the columns it was made of", () => {
    expect(parseLink(new URLSearchParams(formatLink(columns))).columns).toEqual(columns);
  });

  it("stays readable", () => {
    expect(formatLink(columns.slice(0, 2))).toBe("model=browser:pebble-2m&model=server:pebble-2m");
  });

  it("takes bare names: the server's, or a connection's when there is a slash", () => {
    expect(parseLink(new URLSearchParams("model=pebble-2m&model=hosted/large")).columns).toEqual([
      { engine: "server", model: "pebble-2m" },
      { engine: "remote", model: "hosted/large" },
    ]);
  });

  it("keeps what a page can show and drops what is no name", () => {
    const search = new URLSearchParams("model=&model=server:");
    for (let at = 0; at < 9; at++) search.append("model", `server:m${at}`);
    search.append("model", "x".repeat(201));
    expect(parseLink(search).columns.map(({ model }) => model)).toEqual([
      "m0",
      "m1",
      "m2",
      "m3",
      "m4",
      "m5",
      "m6",
      "m7",
    ]);
  });

  it("carries a first message", () => {
    expect(parseLink(new URLSearchParams("ask=Who%20pays%3F")).ask).toBe("Who pays?");
    expect(parseLink(new URLSearchParams("")).ask).toBeNull();
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { v1Routes } from "@/lib/gateway/v1/handler";
import { routeManifest } from "@/lib/route-manifest";

const handlers = /^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm;
/** What a handler could hide behind: a list of exports, a default, another module's. */
const otherExport = /^export (?!const [A-Z]|async function [A-Z]|function [A-Z])/m;

const files = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("/route.ts"))
  .map((file) => `app/${file}`);
const served = [
  ...files.flatMap((file) => {
    const path = `/${file.replace(/^app\//, "").replace(/\/route\.ts$/, "")}`;
    return [...readFileSync(file, "utf8").matchAll(handlers)].map(([, method]) => `${method} ${path}`);
  }),
  ...v1Routes.map(({ method, path }) => `${method} ${path}`),
];
const declared = routeManifest.map(({ method, path }) => `${method} ${path}`);

describe("the table of routes", () => {
  it("sees the project: a pattern that finds nothing would pass everything", () => {
    expect(files.length).toBeGreaterThan(70);
    expect(served.length).toBeGreaterThan(110);
  });

  it("has an entry for every route", () => {
    expect(served.filter((route) => !declared.includes(route))).toEqual([]);
  });

  it("has a route for every entry, and none twice", () => {
    expect(declared.filter((route) => !served.includes(route))).toEqual([]);
    expect(declared.filter((route, at) => declared.indexOf(route) !== at)).toEqual([]);
  });

  it("can read every route file: handlers are exported one by one, by name", () => {
    expect(files.filter((file) => otherExport.test(readFileSync(file, "utf8")))).toEqual([]);
  });
});

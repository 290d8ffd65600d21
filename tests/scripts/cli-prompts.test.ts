import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as EXPORT } from "@/app/api/prompt-files/export/route";
import { POST as IMPORT } from "@/app/api/prompt-files/import/route";
import type { Context } from "@/lib/auth/server";
import { createVersion, getPrompt, getVersion } from "@/lib/prompts/server";
import { prompts } from "@/scripts/cli-prompts";
import { freshLibrary, make, text } from "../prompts/library";
import { testKey } from "../support/context";

let admin: Context;
let folder: string;
beforeEach(async () => {
  ({ admin } = await freshLibrary());
  folder = mkdtempSync(join(tmpdir(), "tessera-prompts-"));
  vi.stubEnv("TESSERA_API_KEY", await testKey(admin));
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    expect(url.origin).toBe("http://workbench.test");
    return init.method === "POST" ? IMPORT(new Request(url, init)) : EXPORT(new Request(url, init));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<{ text: string; status: number }> {
  const printed = await prompts.run([...args, "--url", "http://workbench.test"], folder);
  return typeof printed === "string" ? { text: printed, status: 0 } : printed;
}
const place = (path: string) => join(folder, path);
const read = (path: string) => readFileSync(place(path), "utf8");
const change = (path: string, from: string, to: string) =>
  writeFileSync(place(path), read(path).replace(from, to));
const save = (words: string, base: number) =>
  createVersion(admin, "main.default.triage", { content: text(words), message: "m", base });

describe("prompts in a folder", () => {
  it("are exported, edited, imported as versions, and the files follow", async () => {
    await make(admin, "triage", "One.\nTwo.");
    await make(admin, "other", "Other.");
    expect((await run("export", "git")).text).toBe(`2 prompts exported to ${place("git")}.`);
    const file = "git/main/default/triage.md";
    expect(readdirSync(place("git/main/default")).sort()).toEqual(["other.md", "triage.md"]);
    writeFileSync(place("git/README.md"), "# Our prompts\n");
    mkdirSync(place("git/.git"));
    writeFileSync(place("git/.git/x.yaml"), "a: b");

    change(file, "Two.", "2.");
    const tried = await run("import", "git", "--dry-run");
    expect(tried.status).toBe(0);
    expect(tried.text.split("\n")).toEqual([
      "unchanged  main.default.other v1  git/main/default/other.md",
      "changed    main.default.triage v2  git/main/default/triage.md",
      "2 files, 0 of them not imported. Nothing was changed.",
    ]);
    expect((await getPrompt(admin, "main.default.triage")).lastNumber).toBe(1);

    await save("I.\nTwo.", 1);
    expect((await run("import", "git", "--message", "From Git")).text).toContain(
      "merged     main.default.triage v3",
    );
    expect(read(file)).toMatch(/version: 3[\s\S]*\nI\.\n2\.\n$/);
    change(file, "2.", "II.");
    expect((await run("import", file)).text).toContain("changed    main.default.triage v4");
    expect(await getVersion(admin, "main.default.triage", 3)).toMatchObject({ message: "From Git" });
  });

  it("end with a status where something is in conflict, and leave that file alone", async () => {
    await make(admin, "triage", "One.\nTwo.");
    await run("export", ".", "--format", "yaml");
    const file = "main/default/triage.yaml";
    await save("One.\nII.", 1);
    change(file, "Two.", "2.");
    const before = read(file);
    const printed = await run("import", ".");
    expect(printed.status).toBe(1);
    expect(printed.text).toContain("conflict   main.default.triage v2");
    expect(printed.text).toContain("    text: II. | 2.");
    expect(read(file)).toBe(before);
    expect((await run("import", ".", "--overwrite", "--keep-files")).status).toBe(0);
    expect(read(file)).toBe(before);
  });

  it("need a key, a workbench that answers, and a folder", async () => {
    await expect(run("export", "x", "--name", "main.default.gone")).rejects.toThrow(/no such prompt/);
    await expect(run("import", "gone")).rejects.toMatchObject({ code: "not_found" });
    await expect(run("import", ".")).rejects.toThrow(/no prompt in/);
    await expect(run("export")).rejects.toThrow(/^Usage: tessera prompts export/);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    await expect(run("export", "x")).rejects.toMatchObject({ code: "unavailable" });
    vi.stubEnv("TESSERA_API_KEY", "");
    await expect(run("export", "x")).rejects.toThrow(/TESSERA_API_KEY/);
  });

  it("never lie outside of it, whatever a workbench answers", async () => {
    const answer = { files: [{ path: "../out.md", text: "x" }], leftOut: [] };
    vi.stubGlobal("fetch", async () => Response.json(answer));
    await expect(run("export", "in")).rejects.toThrow("../out.md lies outside of the folder.");
    expect(readdirSync(folder)).toEqual([]);
  });
});

import { inflateRawSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { GET as EXPORT } from "@/app/api/prompt-files/export/route";
import { POST as IMPORT } from "@/app/api/prompt-files/import/route";
import { mainCatalogId } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { exportedFiles, type ImportedFile, importedFiles, type PromptFile } from "@/lib/prompts";
import { createVersion, getPrompt, getVersion, moveAlias } from "@/lib/prompts/server";
import { apiRequest, grantTo } from "../support/context";
import { allow, freshLibrary, make, text } from "./library";

let admin: Context;
let member: Context;
beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
});

const ask = async (query = "", as = admin) =>
  EXPORT(await apiRequest(`/api/prompt-files/export${query}`, { as }));
const exported = async (query = "", as = admin) => exportedFiles.parse(await (await ask(query, as)).json());

async function imported(files: PromptFile[], more: object = {}, as = admin): Promise<ImportedFile[]> {
  const response = await IMPORT(
    await apiRequest("/api/prompt-files/import", { as, body: { files, ...more } }),
  );
  expect(response.status).toBe(200);
  return importedFiles.parse(await response.json()).results;
}
const outcomes = (results: ImportedFile[]) =>
  results.map(({ outcome, version }) => `${outcome} ${version ?? "–"}`);
const edited = ({ path, text: words }: PromptFile, from: string, to: string): PromptFile => {
  expect(words).toContain(from);
  return { path, text: words.replace(from, to) };
};
const one = async (query = "") => {
  const [file] = (await exported(query)).files;
  if (!file) throw new Error("Nothing was exported");
  return file;
};
const textOf = async (number: number) => {
  const { content } = await getVersion(admin, "main.default.triage", number);
  return content.type === "text" ? content.text : "";
};
const save = (words: string, base: number) =>
  createVersion(admin, "main.default.triage", { content: text(words), message: "m", base });

describe("an export", () => {
  it("holds what one may read, by folder, and names what one may not", async () => {
    const seen = await make(admin, "triage", "Sort {{ticket}}.", { comment: "Sorts", tags: { team: "a" } });
    await make(admin, "hidden");
    await allow(member, seen, "EXECUTE");
    expect((await exported("", member)).leftOut).toEqual([]);
    expect((await ask("?name=main.default.hidden", member)).status).toBe(404);
    await grantTo(member.actor.userId, mainCatalogId, "BROWSE");
    const found = await exported("", member);
    expect(found.files.map(({ path }) => path)).toEqual(["main/default/triage.md"]);
    expect(found.files[0]?.text).toMatch(
      /comment: Sorts[\s\S]*team: a[\s\S]*---\n\nSort \{\{ticket\}\}\.\n$/,
    );
    expect(found.leftOut).toEqual([{ name: "main.default.hidden", why: expect.stringContaining("EXECUTE") }]);
    expect((await exported()).files).toHaveLength(2);
    expect((await exported("?schema=main.other")).files).toEqual([]);
    expect((await ask("?name=main.default.hidden", member)).status).toBe(403);
  });

  it("takes the version of an alias, and none in its place", async () => {
    await make(admin, "triage", "One.");
    await make(admin, "other", "Other.");
    await save("Two.", 1);
    await moveAlias(admin, "main.default.triage", "production", { version: 1, from: null, why: "" });
    const found = await exported("?alias=production&format=yaml");
    expect(found.files.map(({ path }) => path)).toEqual(["main/default/triage.yaml"]);
    expect(found.files[0]?.text).toContain("text: One.");
    expect(found.leftOut).toEqual([{ name: "main.default.other", why: "It has no alias production." }]);
    expect((await ask("?name=main.default.other&alias=production")).status).toBe(404);
  });

  it("is an archive where that is asked for", async () => {
    await make(admin, "triage", "Größe");
    const response = await ask("?as=zip&schema=main.default");
    expect(response.headers.get("content-type")).toBe("application/zip");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="main.default.zip"');
    const bytes = Buffer.from(await response.arrayBuffer());
    const end = bytes.length - 22;
    expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
    expect(bytes.readUInt16LE(end + 10)).toBe(1);
    const entry = bytes.readUInt32LE(end + 16);
    expect(bytes.readUInt32LE(entry)).toBe(0x02014b50);
    const name = bytes.subarray(entry + 46, entry + 46 + bytes.readUInt16LE(entry + 28)).toString();
    const local = bytes.readUInt32LE(entry + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26);
    const data = inflateRawSync(bytes.subarray(from, from + bytes.readUInt32LE(local + 18))).toString();
    expect({ path: name, text: data }).toEqual(await one());
  });
});

describe("an import", () => {
  it("makes prompts that are new, those that are included first", async () => {
    const files = [
      {
        path: "b.md",
        text: "---\nname: main.default.outer\ncomment: Outer\ntags:\n  a: b\n---\n{{> main.default.inner@1}}!",
      },
      { path: "a.yaml", text: "name: main.default.inner\ntext: Hi" },
    ];
    expect(outcomes(await imported(files, { dryRun: true }))).toEqual(["created 1", "created 1"]);
    await expect(getPrompt(admin, "main.default.inner")).rejects.toMatchObject({ code: "not_found" });
    expect(outcomes(await imported(files, { message: "From Git" }))).toEqual(["created 1", "created 1"]);
    expect(await getPrompt(admin, "main.default.outer")).toMatchObject({
      comment: "Outer",
      tags: { a: "b" },
      versions: [{ message: "From Git" }],
    });
  });

  it("gives back what was exported without a change, and a version for what was changed", async () => {
    await make(admin, "triage", "One.\nTwo.\nThree.");
    for (const format of ["markdown", "yaml"]) {
      const file = await one(`?format=${format}`);
      expect(await imported([file])).toMatchObject([{ outcome: "unchanged", version: 1, text: file.text }]);
    }
    const file = edited(await one(), "Two.", "2.");
    expect(outcomes(await imported([file], { dryRun: true }))).toEqual(["changed 2"]);
    expect((await getPrompt(admin, "main.default.triage")).lastNumber).toBe(1);
    const [result] = await imported([file]);
    expect(result).toMatchObject({ outcome: "changed", version: 2 });
    expect(await textOf(2)).toBe("One.\n2.\nThree.");
    expect(result?.text).toBe((await one()).text);
    expect(outcomes(await imported([file]))).toEqual(["unchanged 2"]);
  });

  it("merges with what was saved since, by what the file came from", async () => {
    await make(admin, "triage", "One.\nTwo.\nThree.");
    const file = await one();
    await save("I.\nTwo.\nThree.", 1);
    expect(outcomes(await imported([file]))).toEqual(["unchanged 2"]);
    const [merged] = await imported([edited(file, "Three.", "3.")]);
    expect(merged).toMatchObject({ outcome: "merged", version: 3 });
    expect(await textOf(3)).toBe("I.\nTwo.\n3.");
    expect(merged?.text).toContain("I.\nTwo.\n3.");
  });

  it("tells a conflict with all three, writes nothing, and takes the file where that is asked for", async () => {
    await make(admin, "triage", "One.\nTwo.");
    const file = edited(await one(), "Two.", "2.");
    await save("One.\nII.", 1);
    const [result] = await imported([file]);
    expect(result).toMatchObject({ outcome: "conflict", version: 2, text: null });
    expect(result?.conflict?.conflicts).toEqual([{ path: "text", base: "Two.", theirs: "II.", mine: "2." }]);
    expect((await getPrompt(admin, "main.default.triage")).lastNumber).toBe(2);
    expect(outcomes(await imported([file], { overwrite: true }))).toEqual(["changed 3"]);
    expect(await textOf(3)).toBe("One.\n2.");
  });

  it("finds the version it came from by what it said, also where that has another number", async () => {
    await make(admin, "triage", "Before.");
    await save("One.\nTwo.", 1);
    const file = edited(await one(), "version: 2", "version: 41");
    await save("One.\nTwo.\nThree.", 2);
    expect(outcomes(await imported([edited(file, "One.", "1.")]))).toEqual(["merged 4"]);
    const unknown = file.text.replace(/hash: \w{64}/, `hash: ${"0a".repeat(32)}`);
    const [result] = await imported([{ path: "x.md", text: unknown.replace("One.", "Eins.") }]);
    expect(result).toMatchObject({
      outcome: "conflict",
      message: expect.stringContaining("which version"),
      conflict: null,
    });
  });

  it("refuses file by file, in words", async () => {
    await make(admin, "triage", "One.");
    const md = (name: string, words: string) => `---\nname: ${name}\n---\n${words}`;
    const results = await imported([
      { path: "a.txt", text: "x" },
      { path: "b.md", text: md("main.default.b", "{{> main.default.gone@1}}") },
      { path: "c.md", text: md("main.default.c", "Fine.") },
      { path: "d.md", text: md("main.default.C", "Twice.") },
      { path: "e.md", text: md("nowhere.default.e", "x") },
      { path: "f.md", text: md("main.default.f", "{{> main.default.g@1}}") },
      { path: "g.md", text: md("main.default.g", "{{> main.default.f@1}}") },
      { path: "h.md", text: "---\nname: main.default.triage\ntype: chat\n---\n## user\nHi" },
    ]);
    expect(results.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
      ...["a.txt refused", "b.md refused", "c.md created", "d.md refused", "e.md refused"],
      ...["f.md refused", "g.md refused", "h.md refused"],
    ]);
    expect(results[3]?.message).toBe("c.md holds main.default.C already.");
    expect(results[7]?.message).toBe("This is a text prompt, and stays one.");
    expect(results.every(({ outcome, message }) => outcome === "created" || message !== null)).toBe(true);
  });

  it("does only what its caller may, also when tried", async () => {
    const prompt = await make(admin, "triage", "One.");
    await make(admin, "secret", "One.");
    const file = edited(await one("?name=main.default.triage"), "One.", "1.");
    const secret = edited(await one("?name=main.default.secret"), "One.", "1.");
    for (const dryRun of [true, false]) {
      const [own, other] = await imported([file, secret], { dryRun }, member);
      expect([own?.outcome, other?.outcome, other?.name, other?.conflict]).toEqual([
        "refused",
        "refused",
        null,
        null,
      ]);
      expect(own?.message).toBe(other?.message);
    }
    await allow(member, prompt, "EXECUTE");
    expect((await imported([file], {}, member))[0]?.message).toMatch(/MODIFY/);
    await allow(member, prompt, "MODIFY");
    expect(outcomes(await imported([file], {}, member))).toEqual(["changed 2"]);
    const rows = await (await db()).prisma.auditEvent.findMany({ where: { actionName: "createVersion" } });
    expect(rows).toHaveLength(1);
  });
});

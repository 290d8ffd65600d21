import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readModelFile } from "@/lib/inference/engines/model-folder";
import { findModelSources } from "@/lib/inference/manifests";
import { scratchFolder, writeManifest } from "./support";

const entry = {
  path: "config.json",
  size: 2,
  sha256: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
};
const manifest = {
  name: "good",
  task: "chat",
  description: "",
  license: "MIT",
  parameters: 1,
  context: 8,
  files: [entry],
};

function put(folder: string, name: string, content: unknown): string {
  const base = join(folder, name);
  mkdirSync(base, { recursive: true });
  writeFileSync(join(base, "tessera.json"), typeof content === "string" ? content : JSON.stringify(content));
  writeFileSync(join(base, "config.json"), "{}");
  return base;
}

describe("findModelSources", () => {
  it("leaves out what is no model and keeps the others", async () => {
    const folder = await scratchFolder();
    put(folder, "good", manifest);
    put(folder, "broken", "{");
    put(folder, "partial", { name: "partial" });
    put(folder, "renamed", { ...manifest, name: "other" });
    mkdirSync(join(folder, "empty"));
    const found = await findModelSources([folder, join(folder, "absent")]);
    expect(found.map((source) => source.manifest.name)).toEqual(["good"]);
  });

  it("takes the first of two models of one name", async () => {
    const [first, second] = [await scratchFolder(), await scratchFolder()];
    put(first, "good", { ...manifest, description: "first" });
    put(second, "good", { ...manifest, description: "second" });
    expect((await findModelSources([first, second])).map((source) => source.manifest.description)).toEqual([
      "first",
    ]);
  });

  it("refuses manifests that name files outside their folder", async () => {
    const folder = await scratchFolder();
    const paths = ["../secret", "/etc/passwd", "a/../../b", "a\\..\\b", "C:/x", "a//b", "./a", "", "a\0b"];
    for (const [i, path] of paths.entries()) {
      put(folder, `evil${i}`, { ...manifest, name: `evil${i}`, files: [{ ...entry, path }] });
    }
    expect(await findModelSources([folder])).toEqual([]);
  });
});

describe("readModelFile", () => {
  const read = (base: string, files = [entry]) =>
    readModelFile({ base, manifest: { ...manifest, task: "chat", files } }, "config.json", () => {});

  it("gives the bytes that it verified", async () => {
    const base = put(await scratchFolder(), "good", manifest);
    expect(new TextDecoder().decode(await read(base))).toBe("{}");
  });

  it("names the file and the expected sha256 when it is changed, cut or missing", async () => {
    const base = put(await scratchFolder(), "good", manifest);
    const refusal = (why: string) =>
      expect.objectContaining({
        code: "unprocessable",
        message: expect.stringMatching(`config.json ${why}.*${entry.sha256}`),
      });
    writeFileSync(join(base, "config.json"), "[]");
    await expect(read(base)).rejects.toThrowError(refusal("has sha256 4f53cda1"));
    writeFileSync(join(base, "config.json"), "{");
    await expect(read(base)).rejects.toThrowError(refusal("has 1 bytes"));
    await expect(read(join(base, "absent"))).rejects.toThrowError(refusal("cannot be read"));
  });

  it("does not follow a link out of the folder", async () => {
    const folder = await scratchFolder();
    const base = join(folder, "good");
    mkdirSync(base);
    writeFileSync(join(folder, "secret"), "{}");
    symlinkSync(join(folder, "secret"), join(base, "config.json"));
    await expect(read(base)).rejects.toThrowError(/cannot be read/);
  });

  it("reads nothing that the manifest does not name", async () => {
    const source = await writeManifest(put(await scratchFolder(), "good", manifest), "good", 8);
    await expect(readModelFile(source, "tessera.json", () => {})).rejects.toThrowError(
      /no tessera.json among its files/,
    );
  });
});

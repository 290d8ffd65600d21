import { describe, expect, it } from "vitest";
import { readUploads } from "@/lib/prompts/client";
import { zipOf } from "@/lib/prompts/files/zip";

const text = "---\nname: main.support.tone\n---\nGrüße, {{name}} 🙂\n";
const archive = (paths: Record<string, string>, name = "prompts.zip") =>
  new File([zipOf(Object.entries(paths).map(([path, each]) => ({ path, text: each })))], name);

describe("files that are chosen for an import", () => {
  it("are read from archives as they were exported, with what holds no prompt named", async () => {
    const read = await readUploads([
      archive({ "main/support/tone.md": text, "left-out.txt": "main.support.x: no", "a.yaml": "name: x" }),
    ]);
    expect(read).toEqual({
      files: [
        { path: "main/support/tone.md", text },
        { path: "a.yaml", text: "name: x" },
      ],
      skipped: ["left-out.txt"],
    });
  });

  it("leave out what systems put beside them", async () => {
    const read = await readUploads([archive({ "__MACOSX/tone.md": "x", ".git/tone.md": "x", "b.yml": "y" })]);
    expect(read.files.map(({ path }) => path)).toEqual(["b.yml"]);
  });

  it("are told apart where two archives hold the same path", async () => {
    const read = await readUploads([
      archive({ "tone.md": "1" }, "one.zip"),
      archive({ "tone.md": "2" }, "two.zip"),
      new File(["3"], "tone.markdown"),
    ]);
    expect(read.files.map(({ path }) => path)).toEqual(["tone.md", "two.zip/tone.md", "tone.markdown"]);
  });

  it.each([
    ["a cut archive", new File(["PK\u0003\u0004 cut"], "cut.zip"), /cut.zip is a damaged archive/],
    [
      "other letters than UTF-8",
      new File([new Uint8Array([0xff, 0xfe, 0x41])], "tone.md"),
      /no text in UTF-8/,
    ],
    ["a text beyond the bound", new File(["x".repeat(1_000_001)], "long.md"), /at most 1,000,000 characters/],
    [
      "an archive that unpacks beyond it",
      archive({ "bomb.md": "x".repeat(4_000_001) }),
      /bomb.md, unpacked, is too/,
    ],
  ])("are refused: %s", async (_what, upload, words) => {
    await expect(readUploads([upload])).rejects.toThrow(words);
  });

  it("are refused when there are more than one request carries", async () => {
    const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`${at}.md`, "x"]));
    await expect(readUploads([archive(many)])).rejects.toMatchObject({ code: "too_large" });
  });
});

import "server-only";
import { closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { now } from "@/lib/core";
import { env } from "@/lib/core/server";
import type { Link } from "./chain";

const anchor = z.strictObject({
  time: z.iso.datetime(),
  seq: z.int().positive(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Anchor = z.infer<typeof anchor>;

/** Where the ends of the chain are noted, outside of the database. */
export function anchorFile(): string {
  return env().anchorFile;
}

/** Notes an end of the chain, flushed to the disk. */
export function writeAnchor({ seq, mac }: Link): void {
  const line: Anchor = { time: now().toISOString(), seq: Number(seq), mac: Buffer.from(mac).toString("hex") };
  mkdirSync(dirname(anchorFile()), { recursive: true, mode: 0o700 });
  const file = openSync(anchorFile(), "a", 0o600);
  try {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Every line of the anchor file with its number, from 1; `anchor` is null where a line is not one. */
export async function* readAnchors(): AsyncGenerator<{ line: number; anchor: Anchor | null }> {
  if (!existsSync(anchorFile())) return;
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(anchorFile()), crlfDelay: Infinity })) {
    line += 1;
    if (text !== "") yield { line, anchor: parsed(text) };
  }
}

function parsed(text: string): Anchor | null {
  try {
    return anchor.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

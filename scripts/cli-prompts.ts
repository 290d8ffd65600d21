import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import type { z } from "zod";
import { AppError, apiError } from "@/lib/core";
import { env } from "@/lib/core/server";
import { exportedFiles, type ImportedFile, importedFiles, type PromptFile } from "@/lib/prompts";
import { type Command, type Printed, usageError } from "./cli-command";

const usage = `prompts export <folder> [--schema <catalog.schema>] [--name <catalog.schema.name>] [--alias latest]
      [--format markdown|yaml] [--url <address>]
  tessera prompts import <folder or file> [--message <text>] [--dry-run] [--overwrite] [--keep-files] [--url <address>]`;

/** Asks the running workbench with the key's own rights. @throws AppError with the workbench's words */
async function ask<Schema extends z.ZodType>(
  url: string | undefined,
  path: string,
  schema: Schema,
  body?: object,
): Promise<z.output<Schema>> {
  const key = process.env.TESSERA_API_KEY;
  if (!key) throw new AppError("invalid", "Set TESSERA_API_KEY to a key of yours; Settings makes one.");
  const { BASE_URL, HOST, PORT } = env();
  const base = url ?? process.env.TESSERA_URL ?? BASE_URL ?? `http://${HOST}:${PORT}`;
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(new URL(path, base), { headers, ...sent }).catch((cause: unknown) => {
    throw new AppError("unavailable", `There is no workbench at ${base}. Name it with --url.`, { cause });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return schema.parse(answer);
  const error = apiError.safeParse(answer);
  throw new AppError(
    "upstream",
    error.success ? error.data.error.message : `${base} answered ${response.status}.`,
  );
}

/** Where a file goes. @throws AppError for a path that leads out of the folder */
function placeIn(folder: string, path: string): string {
  const place = resolve(folder, path);
  if (place.startsWith(resolve(folder) + sep)) return place;
  throw new AppError("upstream", `${path} lies outside of the folder.`);
}

function write(place: string, text: string): void {
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

async function exportTo(args: string[], cwd: string): Promise<string> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { schema: text, name: text, alias: text, format: text, url: text },
  });
  const [folder, ...rest] = positionals;
  if (!folder || rest.length > 0) throw usageError(prompts);
  const { url, ...query } = values;
  const found = await ask(url, `/api/prompt-files/export?${new URLSearchParams(query)}`, exportedFiles);
  const into = resolve(cwd, folder);
  for (const file of found.files) write(placeIn(into, file.path), file.text);
  const left = found.leftOut.map(({ name, why }) => `\n  left out: ${name}: ${why}`);
  return `${counted(found.files.length, "prompt")} exported to ${into}.${left.join("")}`;
}

/** Prompts below a folder. Other Markdown, such as a README, has no head and is left aside. */
function filesBelow(place: string): string[] {
  if (!lstatSync(place, { throwIfNoEntry: false })) throw new AppError("not_found", `There is no ${place}.`);
  if (!lstatSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const path = join(place, entry.name);
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    if (entry.isDirectory()) return filesBelow(path);
    if (!entry.isFile() || !/\.(md|markdown|ya?ml)$/i.test(entry.name)) return [];
    return /\.ya?ml$/i.test(entry.name) || /^\uFEFF?---\r?\n/.test(readFileSync(path, "utf8")) ? [path] : [];
  });
}

function line({ path, outcome, name, version, message, conflict }: ImportedFile): string {
  const what = name === null ? path : `${name}${version === null ? "" : ` v${version}`}  ${path}`;
  const places = (conflict?.conflicts ?? []).map(
    (one) => `\n    ${one.path}: ${one.theirs ?? "–"} | ${one.mine ?? "–"}`,
  );
  return `${outcome.padEnd(9)}  ${what}${message === null ? "" : `\n    ${message}`}${places.join("")}`;
}

async function importFrom(args: string[], cwd: string): Promise<Printed> {
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      message: { type: "string" },
      url: { type: "string" },
      "dry-run": flag,
      overwrite: flag,
      "keep-files": flag,
    },
  });
  const [name, ...rest] = positionals;
  if (!name || rest.length > 0) throw usageError(prompts);
  const place = resolve(cwd, name);
  const files = filesBelow(place).map(
    (path): PromptFile => ({ path: relative(cwd, path), text: readFileSync(path, "utf8") }),
  );
  if (files.length === 0) throw new AppError("invalid", `There is no prompt in ${place}.`);
  const { url, message, overwrite, "dry-run": dryRun } = values;
  const body = { files, dryRun, overwrite, ...(message === undefined ? {} : { message }) };
  const { results } = await ask(url, "/api/prompt-files/import", importedFiles, body);
  const sent = new Map(files.map((file) => [file.path, file.text]));
  for (const { path, text } of values["keep-files"] ? [] : results) {
    // Only where a file came from: the workbench does not choose places here.
    const known = sent.get(path);
    if (text !== null && known !== undefined && text !== known) write(resolve(cwd, path), text);
  }
  const failed = results.filter(({ outcome }) => outcome === "conflict" || outcome === "refused");
  const tried = dryRun ? " Nothing was changed." : "";
  const end = `${counted(results.length, "file")}, ${failed.length} of them not imported.${tried}`;
  return { text: [...results.map(line), end].join("\n"), status: failed.length > 0 ? 1 : 0 };
}

export const prompts: Command = {
  usage,
  summary:
    "prompts as files for Git: with the rights of TESSERA_API_KEY, merged three ways with what was saved since",
  async run([verb, ...args], cwd) {
    if (verb === "export") return exportTo(args, cwd);
    if (verb === "import") return importFrom(args, cwd);
    throw usageError(prompts);
  },
};

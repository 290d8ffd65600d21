import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { byteCount } from "@/lib/core";
import { catalogue, type Download, type LocalModel, timeLeft } from "@/lib/models";
import { importFromFolder, listModels, pullModel, removeLocalModel } from "@/lib/models/server";
import { type Command, usageError } from "./cli-command";

const usage = `model list
  tessera model pull <repository or catalogue id> [--dtype q4] [--revision main] [--name <name>] [--hub <address>]
  tessera model import <folder> [--dtype q4] [--name <name>]
  tessera model delete <name>`;

/** Plain lines come this often where there is no terminal to draw in. */
const lineEveryMs = 10_000;

/** "45 MB of 181 MB, 12 MB/s, 11 s left, 3 of 6 files checked" */
function progressText(download: Download): string {
  const { bytes, total, bytesPerSecond, secondsLeft, waitSeconds, verifiedFiles, files } = download;
  return [
    `${byteCount(bytes)} of ${byteCount(total)}`,
    waitSeconds ? `trying again in ${waitSeconds} s` : bytesPerSecond && `${byteCount(bytesPerSecond)}/s`,
    secondsLeft !== undefined && `${timeLeft(secondsLeft)} left`,
    `${verifiedFiles} of ${files} files checked`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** One line that is drawn over on a terminal; elsewhere a line whenever a file is checked or some seconds have passed. */
function progressPrinter(out: NodeJS.WriteStream): { show(download: Download): void; end(): void } {
  let drawn = false;
  let last = { at: 0, files: -1 };
  return {
    show(download) {
      const text = `${download.name}: ${progressText(download)}`;
      if (out.isTTY) {
        out.write(`\r\u001b[K${text.slice(0, Math.max(20, out.columns - 1))}`);
        drawn = true;
        return;
      }
      if (download.verifiedFiles === last.files && performance.now() - last.at < lineEveryMs) return;
      last = { at: performance.now(), files: download.verifiedFiles };
      out.write(`${text}\n`);
    },
    end() {
      if (drawn) out.write("\n");
    },
  };
}

async function pull(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      dtype: { type: "string" },
      revision: { type: "string" },
      name: { type: "string" },
      hub: { type: "string" },
    },
  });
  const [repository, ...rest] = positionals;
  if (!repository || rest.length > 0) throw usageError(model);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  // Progress is for a person; what a program reads is the last line.
  const printer = progressPrinter(process.stderr);
  try {
    const { name, fetched } = await pullModel({
      repository,
      ...values,
      signal: stop.signal,
      onProgress: (download) => printer.show(download),
    });
    return fetched ? `${name} is here, every file checked.` : `${name} is here already.`;
  } finally {
    printer.end();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

async function importFolder(args: string[], cwd: string): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { dtype: { type: "string" }, name: { type: "string" } },
  });
  const [folder, ...rest] = positionals;
  if (!folder || rest.length > 0) throw usageError(model);
  const { name } = await importFromFolder(resolve(cwd, folder), values);
  return `${name} is imported.`;
}

async function remove(args: string[]): Promise<string> {
  const [name, ...rest] = args;
  if (!name || rest.length > 0) throw usageError(model);
  const { bytes } = await removeLocalModel(name);
  return `${name} is deleted; ${byteCount(bytes)} are free again.`;
}

const stateText = ({ state, bytes, total, reason }: Download) =>
  `${state}, ${byteCount(bytes)} of ${byteCount(total)}${reason ? `: ${reason.message}` : ""}`;

const sourceText = ({ origin, source }: LocalModel) =>
  source ? `${source.repository}@${source.revision.slice(0, 7)}` : origin;

async function list(args: string[]): Promise<string> {
  if (args.length > 0) throw usageError(model);
  const { models, downloads } = await listModels();
  const lines = [
    "On this server",
    ...table(models.map((each) => [each.name, each.task, byteCount(each.bytes), sourceText(each)])),
  ];
  if (downloads.length > 0) {
    lines.push("", "Not complete", ...table(downloads.map((each) => [each.name, stateText(each)])));
  }
  lines.push("", "Catalogue", ...table(catalogue.map((entry) => [entry.id, entry.task, entry.repository])));
  return lines.join("\n");
}

function table(rows: string[][]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(width(column))).join("  ")}`.trimEnd());
}

const verbs: Record<string, (args: string[], cwd: string) => Promise<string>> = {
  list,
  pull,
  import: importFolder,
  delete: remove,
};

export const model: Command = {
  usage,
  summary: "models of this server, also while it runs; a download that was cut goes on with the same command",
  async run([verb = "", ...args], cwd) {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!run) throw usageError(model);
    return run(args, cwd);
  },
};

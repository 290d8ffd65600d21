import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeKey } from "@/lib/auth/server";
import { AppError, isAppError } from "@/lib/core";
import { env } from "@/lib/core/server";
import { backupTo, restoreFrom } from "@/lib/db/server";
import { audit } from "./cli-audit";
import { type Command, usageError } from "./cli-command";
import { model } from "./cli-model";
import { prompts } from "./cli-prompts";

const backup: Command = {
  usage: "backup <file> [--with-key]",
  summary: "write the data folder's database to one file, also while the workbench runs",
  async run(args, cwd) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { "with-key": { type: "boolean", default: false } },
    });
    const [name, ...rest] = positionals;
    if (!name || rest.length > 0) throw usageError(backup);
    const file = resolve(cwd, name);
    await backupTo(file, { withKey: values["with-key"] });
    return values["with-key"]
      ? `Backed up to ${file}. It holds the secret key: whoever has this file can read everything in it.`
      : `Backed up to ${file}. It does not hold the secret key: keep ${join(env().dataDir, "secret.key")} in another safe place.`;
  },
};

const restore: Command = {
  usage: "restore <file> [--into <folder>]",
  summary: "fill an empty data folder from a backup",
  async run(args, cwd) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { into: { type: "string" } },
    });
    const [name, ...rest] = positionals;
    if (!name || rest.length > 0) throw usageError(restore);
    const { dataDir, DATABASE_URL } = env();
    if (DATABASE_URL && !values.into) {
      throw new AppError("invalid", "The database is PostgreSQL: restore it with pg_restore or psql.");
    }
    const into = values.into ? resolve(cwd, values.into) : dataDir;
    const { createdAt } = await restoreFrom(resolve(cwd, name), into);
    const key = existsSync(join(into, "secret.key"))
      ? ""
      : ` The secret key was not in it: put the old secret.key into ${into}, or set SECRET_KEY, before you start.`;
    return `Restored the backup of ${createdAt} into ${into}.${key}`;
  },
};

const key: Command = {
  usage: "key",
  summary: "make an API key for ADMIN_API_KEY; it is shown here alone and works once a start has taken it",
  async run(args) {
    if (args.length > 0) throw usageError(key);
    return makeKey();
  },
};

const commands = new Map<string, Command>(Object.entries({ backup, restore, key, model, prompts, audit }));

function help(): string {
  const lines = [...commands.values()].map(({ usage, summary }) => `  tessera ${usage}\n      ${summary}`);
  return `Commands:\n${lines.join("\n")}`;
}

/** Runs one command line and returns the exit status. */
export async function main(args: string[], cwd: string): Promise<number> {
  const [name, ...rest] = args;
  if (!name || name === "help" || name === "--help") {
    console.log(help());
    return name ? 0 : 2;
  }
  const command = commands.get(name);
  try {
    if (!command) throw new AppError("invalid", `There is no command ${name}.\n${help()}`);
    const printed = await command.run(rest, cwd);
    const { text, status } = typeof printed === "string" ? { text: printed, status: 0 } : printed;
    console.log(text);
    return status;
  } catch (error) {
    const isUsage =
      error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!isAppError(error) && !isUsage) throw error;
    console.error(`tessera: ${(error as Error).message}`);
    return 1;
  }
}

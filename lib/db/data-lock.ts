import "server-only";
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { uptime } from "node:os";
import { join } from "node:path";
import { AppError } from "@/lib/core";

export interface DataLock {
  release(): Promise<void>;
}

/** What takes microseconds is given up for dead after this long. */
const TAKEOVER_MS = 10_000;

type Method = "name" | "file";

/** The system frees a name when its holder dies, however it dies; a file is needed only where there are no such names. */
const methodHere: Method = process.platform === "linux" || process.platform === "win32" ? "name" : "file";

function inUse(dir: string): AppError {
  return new AppError(
    "unavailable",
    `Another process is using the data folder ${dir}. Stop it, or set DATA_DIR to another folder.`,
  );
}

/** By device and inode, so that links and mounts of one folder meet in one name. */
function lockName(dir: string): string {
  const { dev, ino } = statSync(dir, { bigint: true });
  const id = `tessera-${dev}-${ino}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${id}` : `\0${id}`;
}

async function holdName(dir: string): Promise<DataLock> {
  const server: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" || error.code === "EACCES" ? inUse(dir) : error);
    });
    server.listen(lockName(dir), resolve);
  });
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** A pid may have been given to another program since: not across a restart of the machine, though. */
function isHeld(path: string, content: string): boolean {
  const pid = Number.parseInt(content, 10);
  // Empty for the instant between its creation and its writing.
  if (!Number.isInteger(pid)) return statSync(path).mtimeMs > Date.now() - TAKEOVER_MS;
  const madeThisBoot = statSync(path).mtimeMs > Date.now() - uptime() * 1000 - 5_000;
  return madeThisBoot && isAlive(pid);
}

/** Removes a dead process's lock. Under a mutex, so that nobody removes the live lock of one who was quicker. */
function removeDead(path: string, content: string): void {
  const mutex = `${path}.takeover`;
  try {
    mkdirSync(mutex);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (statSync(mutex).mtimeMs < Date.now() - TAKEOVER_MS) rmdirSync(mutex);
    return;
  }
  if (readOrNull(path) === content) unlinkSync(path);
  rmdirSync(mutex);
}

function holdFile(dir: string): DataLock {
  const path = join(dir, "lock");
  const mine = `${process.pid} ${randomUUID()}\n`;
  for (let tries = 0; tries < 20; tries += 1) {
    try {
      writeFileSync(path, mine, { flag: "wx", mode: 0o600 });
      return {
        release: async () => {
          if (readOrNull(path) === mine) unlinkSync(path);
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const content = readOrNull(path);
    if (content === null) continue;
    if (isHeld(path, content)) break;
    removeDead(path, content);
  }
  throw inUse(dir);
}

function requireFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const probe = join(dir, `.writable-${process.pid}`);
    writeFileSync(probe, "", { mode: 0o600 });
    unlinkSync(probe);
  } catch (cause) {
    throw new AppError(
      "unavailable",
      `The data folder ${dir} cannot be written. Change its owner, or set DATA_DIR to another folder.`,
      {
        cause,
      },
    );
  }
}

/**
 * Makes this process the only user of a data folder: two on one embedded database would lose each other's rows unseen.
 * @throws AppError `unavailable` naming the folder and the remedy.
 */
export async function acquireDataLock(dir: string, method: Method = methodHere): Promise<DataLock> {
  requireFolder(dir);
  return method === "name" ? holdName(dir) : holdFile(dir);
}

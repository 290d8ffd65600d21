import "server-only";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AppError, type ErrorCode, isAppError, newId, statusOf } from "@/lib/core";
import { log, single } from "@/lib/core/server";

type Handler = (args: unknown) => Promise<unknown>;

const request = z.strictObject({ command: z.string(), args: z.unknown() });
const answer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
]);

/** Longest socket path that every system takes. */
const MAX_PATH = 100;
const MAX_REQUEST = 64 * 1024;

const handlers = () => single("db.control", () => new Map<string, Handler>());

/** Lets the command line call this process: `tessera <command>` on the same machine, by the same user. */
export function handleControl(command: string, handler: Handler): void {
  handlers().set(command, handler);
}

/** Where the running process listens is written here: the address may lie outside of the data folder. */
function addressFile(dataDir: string): string {
  return join(dataDir, "control");
}

function chooseAddress(dataDir: string): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\tessera-${newId("control")}`;
  const near = join(dataDir, "control.sock");
  return Buffer.byteLength(near) <= MAX_PATH
    ? near
    : join(mkdtempSync(join(tmpdir(), "tessera-")), "control.sock");
}

async function run(line: string): Promise<z.infer<typeof answer>> {
  try {
    const { command, args } = request.parse(JSON.parse(line));
    const handler = handlers().get(command);
    if (!handler) throw new AppError("not_found", `The running workbench knows no command ${command}.`);
    return { ok: true, result: (await handler(args)) ?? null };
  } catch (error) {
    if (isAppError(error)) return { ok: false, code: error.code, message: error.message };
    log.error("A command failed", { error });
    return { ok: false, code: "internal", message: "The running workbench failed; its log says why." };
  }
}

function serve(socket: Socket): void {
  let text = "";
  socket.setEncoding("utf8");
  // The caller may leave before its answer; that is its own affair.
  socket.on("error", (error) => log.debug("A command's caller left", { error }));
  socket.on("data", (chunk: string) => {
    text += chunk;
    if (text.length > MAX_REQUEST) return socket.destroy();
    const end = text.indexOf("\n");
    if (end < 0) return;
    socket.removeAllListeners("data");
    void run(text.slice(0, end)).then((result) => socket.end(`${JSON.stringify(result)}\n`));
  });
}

/** Listens for the command line on a socket that only this user can open. The caller holds the data folder's lock. */
export async function startControl(dataDir: string): Promise<{ close(): Promise<void> }> {
  const address = chooseAddress(dataDir);
  const inFolder = process.platform !== "win32";
  if (inFolder) rmSync(address, { force: true });
  const server = createServer(serve);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // The socket must never exist with more rights than it keeps.
    const usual = process.umask(0o177);
    server.listen(address, resolve);
    process.umask(usual);
  });
  server.unref();
  writeFileSync(addressFile(dataDir), address, { mode: 0o600 });
  return {
    async close() {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(addressFile(dataDir), { force: true });
      if (inFolder && dirname(address) !== dataDir)
        rmSync(dirname(address), { recursive: true, force: true });
    },
  };
}

const absent = new Set(["ENOENT", "ECONNREFUSED", "ENOTSOCK"]);

function connectTo(dataDir: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      absent.has(error.code ?? "") ? resolve(null) : reject(error);
    let address: string;
    try {
      address = readFileSync(addressFile(dataDir), "utf8");
    } catch (error) {
      return fail(error as NodeJS.ErrnoException);
    }
    const socket = connect(address);
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.removeListener("error", fail);
      resolve(socket);
    });
  });
}

/** Has the process that uses `dataDir` run a command; null when none does. @throws AppError with the words it refused with. */
export async function callControl(
  dataDir: string,
  command: string,
  args: unknown,
): Promise<{ result: unknown } | null> {
  const socket = await connectTo(dataDir);
  if (!socket) return null;
  socket.setEncoding("utf8");
  socket.write(`${JSON.stringify({ command, args })}\n`);
  let text = "";
  for await (const chunk of socket) text += chunk;
  if (!text.endsWith("\n"))
    throw new AppError("unavailable", "The workbench stopped before it had finished.");
  const parsed = answer.parse(JSON.parse(text));
  if (parsed.ok) return { result: parsed.result };
  throw new AppError(parsed.code in statusOf ? (parsed.code as ErrorCode) : "internal", parsed.message);
}

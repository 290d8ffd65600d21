import "server-only";
import { fsyncSync, writeSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type Engine = Parameters<NodeFS["init"]>[1];
type EngineModule = Parameters<NonNullable<Engine["preRun"]>[number]>[0];

/** Exit status after a failed fsync (EX_IOERR). */
const IO_ERROR = 74;

interface OpenFile {
  nfd: number;
  path?: string;
}

interface NodeStreamOps {
  write?: unknown;
  fsync?: (file: OpenFile) => number;
}

function streamOps(mod: EngineModule): NodeStreamOps | undefined {
  const systems = (mod.FS as { filesystems?: { NODEFS?: { stream_ops?: NodeStreamOps } } }).filesystems;
  return systems?.NODEFS?.stream_ops;
}

/**
 * PGlite's folder file system with a real fsync. As it comes, the WASM runtime has no such operation:
 * PostgreSQL's flushes succeed without reaching the disk, and a power cut loses acknowledged commits.
 */
export class DurableNodeFs extends NodeFS {
  /** Flushes of write-ahead log files so far. */
  walFlushes = 0;

  override async init(pg: PGlite, options: Engine) {
    const result = await super.init(pg, options);
    const preRun = result.emscriptenOpts.preRun ?? [];
    result.emscriptenOpts.preRun = [(mod: EngineModule) => this.#install(mod), ...preRun];
    return result;
  }

  #install(mod: EngineModule): void {
    const ops = streamOps(mod);
    if (typeof ops?.write !== "function" || ops.fsync !== undefined) {
      throw new Error(
        "PGlite's file layer is not the one this program knows; commits could not be made durable.",
      );
    }
    ops.fsync = (file) => {
      try {
        fsyncSync(file.nfd);
      } catch (cause) {
        // The kernel may have dropped the unwritten pages, so no later flush can be trusted, and PostgreSQL's
        // panic never ends in WASM: it spins. Leaving is the only sound way; opening again recovers from the log.
        writeSync(
          2,
          `The disk refused to store ${file.path ?? "a database file"} (${String(cause)}). Stopped; start again to recover.\n`,
        );
        process.exit(IO_ERROR);
      }
      if (file.path?.includes("/pg_wal/")) this.walFlushes += 1;
      return 0;
    };
  }
}

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PlaygroundDocument } from "@/lib/playground/document";
import { edit, setModel, setPrompt } from "@/lib/playground/edits";
import { type SavePort, startSaving } from "@/lib/playground/saver";
import type { PlaygroundSession } from "@/lib/playground/schema";
import { createWorkspace, type Workspace } from "@/lib/playground/workspace";

const at = "2026-11-21T09:11:00.000Z";

/** A server in memory that keeps the rules of the real one. */
function memoryServer() {
  const sessions = new Map<string, PlaygroundSession>();
  const writes: string[] = [];
  let down = false;
  const port: SavePort = {
    async create({ title = "", document }) {
      if (down) throw new Error("The workbench did not answer.");
      const session = {
        id: `pg_${sessions.size + 1}`,
        title,
        version: 1,
        createdAt: at,
        updatedAt: at,
        document,
      };
      sessions.set(session.id, session);
      writes.push(`create ${session.id}`);
      return session;
    },
    async save(id, { version, title, document }) {
      if (down) throw new Error("The workbench did not answer.");
      const current = sessions.get(id);
      if (!current) throw new Error("There is no such playground session.");
      if (current.version !== version) return { conflict: current };
      const saved = {
        ...current,
        version: version + 1,
        title: title ?? current.title,
        document: document ?? current.document,
      };
      sessions.set(id, saved);
      writes.push(`save ${id} over ${version}`);
      return { saved };
    },
  };
  return {
    port,
    sessions,
    writes,
    setDown: (value: boolean) => {
      down = value;
    },
    change(id: string, change: Partial<PlaygroundDocument>) {
      const current = sessions.get(id);
      if (current)
        sessions.set(id, {
          ...current,
          version: current.version + 1,
          document: { ...current.document, ...change },
        });
    },
  };
}

function workspaceOn(engine: "browser" | "server"): Workspace {
  return createWorkspace({ columns: [{ id: "a", model: "pebble-2m", engine, parameters: {} }] });
}

const ask = (workspace: Workspace, user: string) =>
  edit(workspace, ({ turns }) => ({
    turns: [...turns, { id: `t${turns.length}`, parent: turns.at(-1)?.id ?? null, user }],
  }));
const saveOf = (workspace: Workspace) => workspace.store.getState().save.kind;
const settle = () => vi.advanceTimersByTimeAsync(2_000);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("saving", () => {
  it("saves a session on the server by itself, first as new and then over the version it saw", async () => {
    const server = memoryServer();
    const workspace = workspaceOn("server");
    startSaving(workspace, server.port);
    setPrompt(workspace, "typed but not sent");
    await settle();
    expect(server.writes).toEqual([]);
    ask(workspace, "One");
    await settle();
    ask(workspace, "Two");
    ask(workspace, "Three");
    await settle();
    expect(server.writes).toEqual(["create pg_1", "save pg_1 over 1"]);
    expect(saveOf(workspace)).toBe("saved");
    expect(server.sessions.get("pg_1")).toMatchObject({ title: "One", version: 2 });
  });

  it("sends nothing of a session with a browser column until the user asks", async () => {
    const server = memoryServer();
    const workspace = workspaceOn("browser");
    const saver = startSaving(workspace, server.port);
    workspace.store.setState({ ranInBrowser: true });
    ask(workspace, "Private");
    await settle();
    setModel(workspace, "a", { model: "pebble-2m", engine: "server" });
    ask(workspace, "Now on the server");
    await settle();
    expect(server.writes).toEqual([]);
    expect(saveOf(workspace)).toBe("off");

    await saver.saveNow();
    expect(server.writes).toEqual(["create pg_1"]);
    ask(workspace, "More");
    await settle();
    expect(server.writes).toEqual(["create pg_1", "save pg_1 over 1"]);
  });

  it("pauses when a browser column joins a session that was saved by itself", async () => {
    const server = memoryServer();
    const workspace = workspaceOn("server");
    startSaving(workspace, server.port);
    ask(workspace, "One");
    await settle();
    edit(workspace, ({ columns }) => ({
      columns: [...columns, { id: "b", model: "pebble-2m", engine: "browser", parameters: {} }],
    }));
    ask(workspace, "Private");
    await settle();
    expect(server.writes).toEqual(["create pg_1"]);
    expect(saveOf(workspace)).toBe("off");
  });

  it("stops at a conflict, and can take theirs", async () => {
    const server = memoryServer();
    const workspace = workspaceOn("server");
    const saver = startSaving(workspace, server.port);
    ask(workspace, "One");
    await settle();
    server.change("pg_1", { system: "Theirs." });
    ask(workspace, "Mine");
    await settle();
    expect(saveOf(workspace)).toBe("conflict");
    ask(workspace, "Still mine");
    await settle();
    expect(server.sessions.get("pg_1")?.document.system).toBe("Theirs.");

    saver.takeTheirs();
    expect(workspace.store.getState()).toMatchObject({ system: "Theirs.", version: 2 });
    expect(workspace.store.getState().turns).toHaveLength(1);
    ask(workspace, "On top");
    await settle();
    expect(server.writes.at(-1)).toBe("save pg_1 over 2");
  });

  it("can keep mine as new after a conflict, and leaves theirs as it is", async () => {
    const server = memoryServer();
    const workspace = workspaceOn("server");
    const saver = startSaving(workspace, server.port);
    ask(workspace, "One");
    await settle();
    server.change("pg_1", { system: "Theirs." });
    ask(workspace, "Mine");
    await settle();
    // The page's address follows the id: without one it would show another comparison.
    const ids: unknown[] = [];
    workspace.store.subscribe(({ id }) => ids.push(id));
    server.setDown(true);
    await saver.saveAsNew();
    expect(workspace.store.getState()).toMatchObject({ id: "pg_1", save: { kind: "failed" } });
    server.setDown(false);
    await saver.saveAsNew();
    expect(new Set(ids)).toEqual(new Set(["pg_1", "pg_2"]));
    expect(workspace.store.getState()).toMatchObject({ id: "pg_2", version: 1, save: { kind: "saved" } });
    expect(server.sessions.get("pg_1")?.document.system).toBe("Theirs.");
    expect(server.sessions.get("pg_2")?.document.turns).toHaveLength(2);
  });

  it("says that it failed, keeps what is here, and saves with the next change", async () => {
    const server = memoryServer();
    const workspace = workspaceOn("server");
    startSaving(workspace, server.port);
    server.setDown(true);
    ask(workspace, "One");
    await settle();
    expect(workspace.store.getState().save).toMatchObject({ kind: "failed" });
    server.setDown(false);
    ask(workspace, "Two");
    await settle();
    expect(server.sessions.get("pg_1")?.document.turns).toHaveLength(2);
  });

  it("saves again what changed while a save was on its way", async () => {
    const server = memoryServer();
    const workspace = workspaceOn("server");
    const slow: SavePort = {
      ...server.port,
      create: async (input) => {
        await new Promise((done) => setTimeout(done, 5_000));
        return server.port.create(input);
      },
    };
    startSaving(workspace, slow);
    ask(workspace, "One");
    await vi.advanceTimersByTimeAsync(3_000);
    ask(workspace, "Two");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.writes).toEqual(["create pg_1", "save pg_1 over 1"]);
    expect(server.sessions.get("pg_1")?.document.turns).toHaveLength(2);
  });
});

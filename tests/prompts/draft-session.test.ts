import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDraftSession } from "@/components/prompts/one/edit/draft-session";
import { AppError } from "@/lib/core";
import type { Draft, DraftSave, PromptContent } from "@/lib/prompts";

const content = (text: string): PromptContent => ({
  type: "text",
  text,
  variables: [],
  model: null,
  parameters: {},
  responseFormat: null,
});
const textOf = (saved: DraftSave) => (saved.content.type === "text" ? saved.content.text : "");

function start(save: (body: DraftSave) => Promise<Draft>, revision: number | null = null) {
  const kept: Draft[] = [];
  const session = createDraftSession({
    start: { content: content("a"), baseNumber: 5, revision, updatedAt: null },
    save,
    onSaved: (draft) => kept.push(draft),
    delay: 1_000,
  });
  return { session, kept, saving: () => session.store.getState().saving.state };
}

/** Keeps what comes, as the server does. */
function server(first: number | null = null) {
  const bodies: DraftSave[] = [];
  let revision = first;
  const save = async (body: DraftSave): Promise<Draft> => {
    bodies.push(body);
    if (body.revision !== revision) throw new AppError("conflict", "Saved elsewhere.");
    revision = (revision ?? 0) + 1;
    return { content: content(textOf(body)), baseNumber: 5, revision, updatedAt: "2026-11-21T09:11:00.000Z" };
  };
  return { bodies, save };
}

describe("a draft that is edited", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is sent once there was no key for a second, with the revision that came back", async () => {
    const { bodies, save } = server();
    const { session, kept, saving } = start(save);
    session.change(content("ab"));
    await vi.advanceTimersByTimeAsync(900);
    session.change(content("abc"));
    await vi.advanceTimersByTimeAsync(900);
    expect(bodies).toEqual([]);
    expect(saving()).toBe("waiting");
    await vi.advanceTimersByTimeAsync(200);
    expect(bodies.map((body) => [textOf(body), body.revision])).toEqual([["abc", null]]);
    session.change(content("abcd"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bodies.map((body) => [textOf(body), body.revision])).toEqual([
      ["abc", null],
      ["abcd", 1],
    ]);
    expect(saving()).toBe("saved");
    expect(kept.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it("never has two saves under way, and sends what was typed meanwhile after the first", async () => {
    const order: string[] = [];
    const { save } = server();
    const slow = async (body: DraftSave) => {
      order.push(`begin ${textOf(body)}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      order.push(`end ${textOf(body)}`);
      return save(body);
    };
    const { session } = start(slow);
    session.change(content("b"));
    const first = session.flush();
    session.change(content("c"));
    const second = session.flush();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(order).toEqual(["begin b", "end b", "begin c", "end c"]);
  });

  it("is not written over one that was saved elsewhere before somebody chose", async () => {
    const { bodies, save } = server(7);
    const { session, saving } = start(save, 6);
    session.change(content("mine"));
    expect(await session.flush()).toBe(false);
    expect(saving()).toBe("conflict");
    session.change(content("mine too"));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(bodies).toHaveLength(1);
    const theirs = { content: content("theirs"), baseNumber: 5, revision: 7, updatedAt: "" };
    expect(await session.overwrite(theirs)).toBe(true);
    expect(bodies.map((body) => [textOf(body), body.revision])).toEqual([
      ["mine", 6],
      ["mine too", 7],
    ]);
    expect(saving()).toBe("saved");
  });

  it("that could not be kept as it stands is not sent, and says why", async () => {
    const { bodies, save } = server();
    const { session, saving } = start(save);
    const twice = { name: "tone", type: { type: "text" as const }, description: "" };
    session.change({ ...content("x"), variables: [twice, twice] });
    expect(await session.flush()).toBe(false);
    expect(bodies).toEqual([]);
    expect(session.store.getState().saving).toEqual({ state: "refused", why: "tone is declared twice." });
    session.change(content("x"));
    expect(await session.flush()).toBe(true);
    expect(saving()).toBe("saved");
  });

  it("stays as it is typed when the workbench is away, and is sent when asked again", async () => {
    let isAway = true;
    const { bodies, save } = server();
    const { session } = start((body) =>
      isAway ? Promise.reject(new AppError("unavailable", "Away.")) : save(body),
    );
    session.change(content("kept here"));
    expect(await session.flush()).toBe(false);
    expect(session.store.getState().saving).toEqual({ state: "failed", why: "Away." });
    isAway = false;
    expect(await session.flush()).toBe(true);
    expect(bodies.map(textOf)).toEqual(["kept here"]);
  });

  it("that was stopped sends nothing any more", async () => {
    const { bodies, save } = server();
    const { session } = start(save);
    session.change(content("gone"));
    session.stop();
    await session.flush();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(bodies).toEqual([]);
  });
});

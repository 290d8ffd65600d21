import { InfiniteQueryObserver, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { FreshQueryClient } from "@/components/shell/fresh-query-client";

/** Reads that answer when told to, each with what was there when it began. */
function server() {
  const state = { rows: ["a", "b"], waiting: [] as (() => void)[] };
  const read = () => {
    const then = [...state.rows];
    return new Promise<string[]>((resolve) => state.waiting.push(() => resolve(then)));
  };
  return { state, read };
}

describe("invalidation during a first read", () => {
  it("reads again, so that what was changed meanwhile is seen", async () => {
    const client = new FreshQueryClient();
    const { state, read } = server();
    const observer = new QueryObserver(client, { queryKey: ["rows", "deleted"], queryFn: read });
    const leave = observer.subscribe(() => undefined);
    state.rows = ["a"];
    const done = client.invalidateQueries({ queryKey: ["rows"] });
    await expect.poll(() => state.waiting.length).toBe(2);
    for (const answer of state.waiting) answer();
    await done;
    expect(observer.getCurrentResult()).toMatchObject({ status: "success", data: ["a"] });
    leave();
  });

  it("does so for lists in pages, too, and leaves other first reads alone", async () => {
    const client = new FreshQueryClient();
    const list = server();
    const other = server();
    const pages = new InfiniteQueryObserver(client, {
      queryKey: ["rows"],
      queryFn: list.read,
      initialPageParam: 0,
      getNextPageParam: () => undefined,
    });
    const beside = new QueryObserver(client, { queryKey: ["other"], queryFn: other.read });
    const leaves = [pages.subscribe(() => undefined), beside.subscribe(() => undefined)];
    list.state.rows = [];
    const done = client.invalidateQueries({ queryKey: ["rows"] });
    await expect.poll(() => list.state.waiting.length).toBe(2);
    for (const answer of [...list.state.waiting, ...other.state.waiting]) answer();
    await done;
    expect(pages.getCurrentResult().data?.pages).toEqual([[]]);
    expect(other.state.waiting).toHaveLength(1);
    for (const leave of leaves) leave();
  });

  it("reads again what was there before, as ever", async () => {
    const client = new FreshQueryClient();
    let reads = 0;
    const observer = new QueryObserver(client, { queryKey: ["rows"], queryFn: async () => ++reads });
    const leave = observer.subscribe(() => undefined);
    await expect.poll(() => observer.getCurrentResult().data).toBe(1);
    await client.invalidateQueries({ queryKey: ["rows"] });
    expect(observer.getCurrentResult().data).toBe(2);
    leave();
  });
});

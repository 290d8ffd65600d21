import { AppError } from "@/lib/core";
import type { WorkerReply, WorkerRequest } from "./protocol";
import type { WorkerLink, WorkerListener } from "./worker-host";

/** What the tabs of one browser say to each other. A tab that runs the worker is its leader. */
type TabMessage =
  | { type: "who" }
  /** From a leader, with the state of its models. */
  | { type: "here"; leader: string; models: WorkerReply[] }
  | { type: "ask"; leader: string; from: string; request: WorkerRequest }
  | { type: "tell"; to: string; reply: WorkerReply }
  | { type: "tell all"; reply: WorkerReply }
  | { type: "ended"; leader: string; reason: string };

interface Asked {
  /** The tab that asked, and its own number of the request. */
  tab: string;
  id: number;
}

const closedTab = "the tab that ran it was closed";

/** Whether tabs can share a worker here: not on pages served over plain HTTP from another machine. */
export function canShareTabs(): boolean {
  return "locks" in navigator && "BroadcastChannel" in globalThis;
}

/**
 * One worker for all tabs of this browser, so that a model is in memory once: the tab that holds a lock runs it,
 * the others reach it through a channel. When that tab is closed, the next one takes its place.
 */
export class TabLink implements WorkerLink {
  readonly #id = crypto.randomUUID();
  readonly #name: string;
  readonly #spawn: (listener: WorkerListener) => WorkerLink;
  readonly #listener: WorkerListener;
  readonly #channel: BroadcastChannel;
  readonly #leaving = new AbortController();
  /** Of the tab that runs the worker, as far as it is known. */
  #leader: string | undefined;
  /** Requests until a leader is known, and it can know that this tab lives. */
  #outbox: WorkerRequest[] = [];
  /** This tab holds the lock by which a leader knows that it lives. */
  #isPresent = false;
  /** What a leader runs: its worker, who asked for what, and the last state of each model. */
  #worker: WorkerLink | undefined;
  readonly #asked = new Map<number, Asked>();
  readonly #models = new Map<string, WorkerReply>();
  readonly #tabs = new Set<string>();
  #lastId = 0;
  #release = () => {};
  #over = false;

  constructor(name: string, spawn: (listener: WorkerListener) => WorkerLink, listener: WorkerListener) {
    this.#name = name;
    this.#spawn = spawn;
    this.#listener = listener;
    this.#channel = new BroadcastChannel(name);
    this.#channel.addEventListener("message", (event: MessageEvent<TabMessage>) => this.#hear(event.data));
    const { signal } = this.#leaving;
    const held = (take: () => void) => () =>
      new Promise<void>((resolve) => {
        if (this.#over) return resolve();
        const before = this.#release;
        this.#release = () => {
          before();
          resolve();
        };
        take();
      });
    // Held as long as this tab lives, however it ends: a leader learns from it that the tab is gone. Nothing is
    // asked before it is held, or a leader would take this tab for one that has gone already.
    const arrive = () => {
      this.#isPresent = true;
      this.#say({ type: "who" });
      this.#flush();
    };
    void navigator.locks.request(`${name}:${this.#id}`, held(arrive));
    navigator.locks.request(name, { signal }, held(this.#lead.bind(this))).catch(() => undefined);
  }

  post(request: WorkerRequest): void {
    if (this.#leader === this.#id) this.#serve(this.#id, request);
    else if (this.#leader === undefined || !this.#isPresent) this.#outbox.push(request);
    else this.#say({ type: "ask", leader: this.#leader, from: this.#id, request });
  }

  hold(): void {}

  async close(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    await this.#worker?.close();
    this.#leaving.abort();
    this.#channel.close();
    this.#release();
  }

  #lead(): void {
    const before = this.#leader;
    if (before !== undefined) {
      this.#lose(before, closedTab, false);
      return;
    }
    this.#leader = this.#id;
    this.#announce();
    this.#flush();
  }

  #hear(message: TabMessage): void {
    if (this.#over) return;
    if (message.type === "who") this.#announce();
    else if (message.type === "here") this.#follow(message.leader, message.models);
    else if (message.type === "ask" && message.leader === this.#id)
      this.#serve(message.from, message.request);
    else if (message.type === "tell" && message.to === this.#id) this.#listener.onReply(message.reply);
    else if (message.type === "tell all") this.#listener.onReply(message.reply);
    else if (message.type === "ended" && message.leader === this.#leader)
      this.#lose(message.leader, message.reason, true);
  }

  #announce(): void {
    if (this.#leader === this.#id)
      this.#say({ type: "here", leader: this.#id, models: [...this.#models.values()] });
  }

  #follow(leader: string, models: WorkerReply[]): void {
    if (this.#leader === leader) return;
    if (this.#leader !== undefined) {
      this.#lose(this.#leader, closedTab, false);
      return;
    }
    this.#leader = leader;
    for (const reply of models) this.#listener.onReply(reply);
    this.#flush();
  }

  #flush(): void {
    const requests = this.#outbox;
    this.#outbox = [];
    for (const request of requests) this.post(request);
  }

  /** What ran is lost; the host makes a new link for its next request. */
  #lose(leader: string, reason: string, blamed: boolean): void {
    if (leader === this.#id) this.#say({ type: "ended", leader, reason });
    void this.close();
    this.#listener.onEnd(reason, blamed);
  }

  /** Passes a request of a tab on to the worker, under a number that no other tab has. */
  #serve(tab: string, request: WorkerRequest): void {
    if (request.type === "abort") {
      for (const [id, asked] of this.#asked)
        if (asked.tab === tab && asked.id === request.id) this.#worker?.post({ type: "abort", id });
      return;
    }
    if (tab !== this.#id) this.#watch(tab);
    const id = ++this.#lastId;
    this.#asked.set(id, { tab, id: request.id });
    this.#worker ??= this.#spawn({
      onReply: (reply) => this.#pass(reply),
      onEnd: (reason) => {
        if (!this.#over) this.#lose(this.#id, reason, true);
      },
    });
    this.#worker.post({ ...request, id });
  }

  /** Ends the calls of a tab that is gone. */
  #watch(tab: string): void {
    if (this.#tabs.has(tab)) return;
    this.#tabs.add(tab);
    const gone = () => {
      this.#tabs.delete(tab);
      for (const [id, asked] of this.#asked) if (asked.tab === tab) this.#worker?.post({ type: "abort", id });
    };
    const { signal } = this.#leaving;
    navigator.locks.request(`${this.#name}:${tab}`, { signal }, gone).catch(() => undefined);
  }

  #pass(reply: WorkerReply): void {
    if (reply.type === "events") {
      const items = new Map<string, { id: number; event: (typeof reply.items)[number]["event"] }[]>();
      for (const { id, event } of reply.items) {
        const asked = this.#asked.get(id);
        if (!asked) continue;
        if (event.type === "finish" || event.type === "error") this.#asked.delete(id);
        items.set(asked.tab, [...(items.get(asked.tab) ?? []), { id: asked.id, event }]);
      }
      for (const [tab, own] of items) this.#tell(tab, { type: "events", items: own });
    } else if (reply.type === "loaded") {
      const asked = this.#asked.get(reply.id);
      this.#asked.delete(reply.id);
      if (asked) this.#tell(asked.tab, { ...reply, id: asked.id });
    } else if (reply.type === "model") {
      this.#models.set(reply.status.name, reply);
      this.#listener.onReply(reply);
      this.#say({ type: "tell all", reply });
    } else this.#listener.onReply(reply);
  }

  #tell(tab: string, reply: WorkerReply): void {
    if (tab === this.#id) this.#listener.onReply(reply);
    else this.#say({ type: "tell", to: tab, reply });
  }

  #say(message: TabMessage): void {
    try {
      this.#channel.postMessage(message);
    } catch (cause) {
      if (!this.#over) throw new AppError("internal", "The tabs cannot speak to each other.", { cause });
    }
  }
}

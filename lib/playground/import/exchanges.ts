import type { Attachment, PromptMessage } from "../document";

/** A message of a conversation from elsewhere, or a place in it that says nothing (`role: null`). */
export interface ImportedNode {
  id: string;
  /** Stands before it in the list; null begins a conversation. */
  parent: string | null;
  role: "user" | "assistant" | null;
  text: string;
  attachments?: Attachment[];
  /** Of an answer, when it is known. */
  model?: string;
}

interface GivenAnswer {
  text: string;
  model?: string;
}

/** A turn as it is in a document, but for whose answers they are. */
export interface ImportedTurn {
  id: string;
  parent: string | null;
  user: string;
  attachments: Attachment[];
  lead: PromptMessage[];
  answers: GivenAnswer[];
  chosen?: number;
}

/** What was said on the way to a node. */
interface Way {
  /** The exchange that was finished before. */
  before: string | null;
  lead: PromptMessage[];
  /** The message that waits for an answer or has begun to get one. */
  asked: { node: string; text: string; attachments: Attachment[] } | null;
  answer: (GivenAnswer & { node: string }) | null;
}

interface Exchange {
  key: string;
  asked: NonNullable<Way["asked"]>;
  lead: PromptMessage[];
  answer: Way["answer"];
  before: string | null;
}

const start: Way = { before: null, lead: [], asked: null, answer: null };
const joined = (before: string, after: string) => [before, after].filter((text) => text !== "").join("\n\n");

/** The messages of a tree as questions with their answers, what stands before in front. */
class Exchanges {
  readonly all = new Map<string, Exchange>();
  private readonly ways = new Map<string, Way>();

  constructor(nodes: readonly ImportedNode[]) {
    const parents = new Set(nodes.map(({ parent }) => parent));
    for (const node of nodes) {
      const way = this.step(this.ways.get(node.parent ?? "") ?? start, node);
      this.ways.set(node.id, way);
      if (!parents.has(node.id)) this.finish(way);
    }
  }

  /** The exchange in which a node stands, or the one before it. */
  at(node: string | undefined): string | null {
    const way = this.ways.get(node ?? "");
    return way ? this.finish(way) : null;
  }

  private step(way: Way, { id, role, text, attachments = [], model }: ImportedNode): Way {
    if (role === null || (text === "" && attachments.length === 0)) return way;
    if (role === "assistant") {
      if (!way.asked) {
        const message: PromptMessage = { id: `l${way.lead.length + 1}`, role, text };
        return { ...way, lead: [...way.lead, message] };
      }
      const answer = {
        node: id,
        text: joined(way.answer?.text ?? "", text),
        model: model ?? way.answer?.model,
      };
      return { ...way, answer };
    }
    if (way.asked && !way.answer) {
      const asked = {
        node: id,
        text: joined(way.asked.text, text),
        attachments: [...way.asked.attachments, ...attachments],
      };
      return { ...way, asked };
    }
    const lead = way.asked ? [] : way.lead;
    return { before: this.finish(way), lead, asked: { node: id, text, attachments }, answer: null };
  }

  private finish({ asked, answer, lead, before }: Way): string | null {
    if (!asked) return before;
    const key = JSON.stringify([asked.node, answer?.node]);
    if (!this.all.has(key)) this.all.set(key, { key, asked, answer, lead, before });
    return key;
  }
}

/**
 * The turns of a conversation with its branches. Answers to one message are answers of one turn, unless
 * several of them were gone on from: then each of those is a turn beside the others.
 */
export function turnsFrom(
  nodes: readonly ImportedNode[],
  current?: string,
): { turns: ImportedTurn[]; head: string | null } {
  const exchanges = new Exchanges(nodes);
  const headKey = exchanges.at(current);
  const all = [...exchanges.all.values()];
  const goneOnFrom = new Set(all.map(({ before }) => before));
  const turnOf = new Map<string, ImportedTurn>();
  const open = new Map<string, ImportedTurn>();
  const turns: ImportedTurn[] = [];
  for (const { key, asked, answer, lead, before } of all) {
    const goesOn = goneOnFrom.has(key);
    let turn = open.get(asked.node);
    // One answer that was gone on from can be the chosen one of a turn; a second needs a turn of its own.
    if (!turn || (goesOn && turn.chosen !== undefined)) {
      turn = {
        id: `t${turns.length + 1}`,
        parent: (before === null ? undefined : turnOf.get(before)?.id) ?? null,
        user: asked.text,
        attachments: asked.attachments,
        lead,
        answers: [],
      };
      turns.push(turn);
      if (!open.has(asked.node)) open.set(asked.node, turn);
    }
    if (answer) {
      turn.answers.push({ text: answer.text, model: answer.model });
      if (goesOn || (key === headKey && turn.chosen === undefined)) turn.chosen = turn.answers.length - 1;
    }
    turnOf.set(key, turn);
  }
  const last = turns.at(-1)?.id ?? null;
  return { turns, head: (headKey === null ? undefined : turnOf.get(headKey)?.id) ?? last };
}

import { AppError, cutText } from "@/lib/core";
import {
  type Answer,
  bounds,
  type PlaygroundDocument,
  type PlaygroundTurn,
  playgroundDocument,
} from "../document";
import type { ModelRef } from "../link";
import { takenOver } from "../taken-over";
import { titleOf } from "../title";
import { type ImportedNode, type ImportedTurn, turnsFrom } from "./exchanges";

/** A conversation from elsewhere, ready to be saved. */
export interface ImportedConversation {
  title: string;
  document: PlaygroundDocument;
  /** What was left out or changed on the way, in words. */
  notes: string[];
}

interface Conversation {
  title?: string;
  system: string;
  nodes: ImportedNode[];
  /** The node in sight. */
  current?: string;
  notes: string[];
}

const columnId = "a";

/** The words of an amount: "1 message", "3 messages". */
export function amount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** A title as a session may have it. */
export function fittingTitle(title: string | undefined, document: PlaygroundDocument): string {
  const given = (title ?? "")
    .toWellFormed()
    .replaceAll(/[\s\0]+/g, " ")
    .trim();
  return cutText(given, bounds.title) || titleOf(document);
}

/** As many turns as a document holds: those to the head first, then others whose beginning is kept. */
function withinBounds(turns: ImportedTurn[], head: string | null, notes: string[]) {
  if (turns.length <= bounds.turns) return { turns, head };
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: string[] = [];
  for (let at = byId.get(head ?? ""); at; at = byId.get(at.parent ?? "")) path.push(at.id);
  const kept = new Set(path.reverse().slice(0, bounds.turns));
  const end = [...kept].at(-1) ?? null;
  for (const turn of turns) {
    if (kept.size >= bounds.turns) break;
    if (turn.parent === null || kept.has(turn.parent)) kept.add(turn.id);
  }
  notes.push(`${amount(turns.length - kept.size, "turn")} left out: a comparison holds ${bounds.turns}.`);
  return { turns: turns.filter(({ id }) => kept.has(id)), head: end };
}

function answersOf(
  { answers, chosen }: ImportedTurn,
  notes: string[],
): Pick<PlaygroundTurn, "answers" | "chosen"> {
  const given = answers.map(
    ({ text, model }): Answer => ({
      text,
      outcome: "finished",
      model: model?.slice(0, 200) || "unknown",
      engine: { kind: "remote", device: "imported" },
    }),
  );
  // The answer that counts stays among those kept.
  const from = Math.max(0, Math.min(given.length - bounds.answers, chosen ?? given.length));
  const kept = given.slice(from, from + bounds.answers);
  if (kept.length < given.length)
    notes.push(`${amount(given.length - kept.length, "answer")} to one message left out.`);
  return {
    answers: kept.length > 0 ? { [columnId]: kept } : {},
    ...(chosen === undefined || chosen - from === kept.length - 1
      ? {}
      : { chosen: { [columnId]: chosen - from } }),
  };
}

/** @throws AppError `unprocessable` or `too_large`, naming the conversation. */
export function checkedConversation({ title, document, notes }: ImportedConversation): ImportedConversation {
  const parsed = playgroundDocument.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError(
      "unprocessable",
      `“${title}” cannot be taken in. ${issue?.path.join(".")}: ${issue?.message}`,
    );
  }
  if (JSON.stringify(parsed.data).length > bounds.document / 2) {
    throw new AppError("too_large", `“${title}” is larger than a comparison may be.`);
  }
  return { title, document: parsed.data, notes };
}

/** A conversation as a comparison of one column; null when nothing was asked in it. */
export function conversationWith(conversation: Conversation, model: ModelRef): ImportedConversation | null {
  const { system, nodes, current } = conversation;
  const notes = [...conversation.notes];
  const found = turnsFrom(nodes, current);
  const { turns, head } = withinBounds(found.turns, found.head, notes);
  const first = turns[0];
  if (!first) return null;
  const messages = [...first.lead, { id: "m1", role: "user" as const, text: first.user }];
  const tooMany = messages.length > bounds.messages;
  if (tooMany)
    notes.push(`${amount(messages.length - bounds.messages, "message")} before the first question left out.`);
  const files = first.attachments.slice(0, bounds.attachments);
  const lost = turns.reduce(
    (sum, turn) => sum + Math.max(0, turn.attachments.length - bounds.attachments),
    0,
  );
  if (lost > 0) notes.push(`${amount(lost, "image")} left out: a message holds ${bounds.attachments}.`);
  const document: PlaygroundDocument = takenOver({
    system,
    messages: messages
      .slice(-bounds.messages)
      .map((message, index, { length }) =>
        index === length - 1 && files.length > 0 ? { ...message, attachments: files } : message,
      ),
    variables: {},
    values: {},
    format: { type: "text", schema: "", pattern: "" },
    repeats: 1,
    logprobs: null,
    sameInput: true,
    parameters: {},
    columns: [{ id: columnId, model: model.model, engine: model.engine, parameters: {} }],
    turns: turns.map((turn) => ({
      id: turn.id,
      parent: turn.parent,
      user: turn.user,
      ...(turn.attachments.length > 0 ? { attachments: turn.attachments.slice(0, bounds.attachments) } : {}),
      ...(turn.lead.length > 0 ? { lead: turn.lead.slice(1 - bounds.messages) } : {}),
      ...answersOf(turn, notes),
    })),
    head,
    rows: [],
    task: "",
    saving: "auto",
  });
  return checkedConversation({ title: fittingTitle(conversation.title, document), document, notes });
}

import { type MergedStretch, mergeSequences } from "@/lib/core";
import type { TemplateMessage } from "../content";
import { canonicalJson } from "./hash";
import { type Conflicts, each, mergeWhole, noteConflict, type Three, undisputed } from "./merging";
import { sameMessages } from "./origins";
import { mergeText } from "./text";

type TextMessage = Extract<TemplateMessage, { text: string }>;

const written = (messages: TemplateMessage[]): string | null =>
  messages.length === 0
    ? null
    : messages
        .map((message) =>
          "text" in message ? `${message.role}: ${message.text}` : `{${message.placeholder}}`,
        )
        .join("\n\n");

interface Named {
  ids: string[];
  byId: Map<string, TemplateMessage>;
}

function nameAll(
  messages: TemplateMessage[],
  idOf: (message: TemplateMessage, index: number) => string,
): Named {
  const ids = messages.map(idOf);
  return { ids, byId: new Map(messages.map((message, i) => [ids[i] ?? "", message])) };
}

class MessageMerge {
  readonly merged: TemplateMessage[] = [];

  constructor(
    private readonly of: Three<Named>,
    private readonly conflicts: Conflicts,
  ) {}

  run(): TemplateMessage[] {
    const { base, theirs, mine } = this.of;
    for (const stretch of mergeSequences(base.ids, theirs.ids, mine.ids)) this.take(stretch);
    return this.merged;
  }

  private take({ changedBy, ...ranges }: MergedStretch): void {
    const ids = each({ base: "base", theirs: "theirs", mine: "mine" } as const, (name) =>
      this.of[name].ids.slice(...ranges[name]),
    );
    if (changedBy === "conflict") {
      const { base, theirs, mine } = this.of;
      const text = (side: Named, part: string[]) => written(part.flatMap((id) => side.byId.get(id) ?? []));
      const three = {
        base: text(base, ids.base),
        theirs: text(theirs, ids.theirs),
        mine: text(mine, ids.mine),
      };
      noteConflict(this.conflicts, "messages", three);
    } else for (const id of ids.base) this.checkRemoved(id);
    for (const id of changedBy === "theirs" ? ids.theirs : ids.mine) this.put(id);
  }

  /** A message that one side took out and the other changed; mine is kept. */
  private checkRemoved(id: string): void {
    const three = each(this.of, ({ byId }) => byId.get(id));
    if (three.theirs && three.mine) return;
    if (undisputed(three)) return;
    const text = each(three, (message) => (message ? written([message]) : null));
    const path = three.mine ? `messages.${this.merged.length}` : "messages";
    noteConflict(this.conflicts, path, text);
    if (three.mine) this.merged.push(three.mine);
  }

  private put(id: string): void {
    const { base, theirs, mine } = each(this.of, ({ byId }) => byId.get(id));
    const whole = mine ?? theirs;
    if (!whole) return;
    const isText = base && theirs && mine && "text" in base && "text" in theirs && "text" in mine;
    this.merged.push(isText ? this.mergeOne({ base, theirs, mine }) : whole);
  }

  private mergeOne(three: Three<TextMessage>): TextMessage {
    const path = `messages.${this.merged.length}`;
    const role = mergeWhole(
      `${path}.role`,
      each(three, (message) => message.role),
      this.conflicts,
    );
    const text = mergeText(
      `${path}.text`,
      each(three, (message) => message.text),
      this.conflicts,
    );
    return { role, text };
  }
}

/** Merges messages: each with the one it came from, and their order by what came and went. */
export function mergeMessages(three: Three<TemplateMessage[]>, conflicts: Conflicts): TemplateMessage[] {
  const settled = undisputed(three);
  if (settled) return settled.value;
  const named = each(three, (side) => {
    const from = side === three.base ? null : new Map(sameMessages(three.base, side).map(([i, j]) => [j, i]));
    // A new message that both sides have is the same one.
    return nameAll(side, (message, i) => `${(from ? from.get(i) : i) ?? `new ${canonicalJson(message)}`}`);
  });
  return new MessageMerge(named, conflicts).run();
}

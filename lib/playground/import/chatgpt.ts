import { z } from "zod";
import { AppError } from "@/lib/core";
import type { ImportedNode } from "./exchanges";
import { LeftOut } from "./left-out";

/** Nodes of one conversation; more is no conversation that a person had. */
const mostNodes = 20_000;

const message = z.object({
  author: z.object({ role: z.string() }),
  content: z.object({
    content_type: z.string().optional(),
    parts: z.array(z.unknown()).nullish(),
  }),
  metadata: z
    .object({
      model_slug: z.string().nullish(),
      is_visually_hidden_from_conversation: z.boolean().nullish(),
    })
    .nullish(),
});

const node = z.object({
  message: message.nullish(),
  parent: z.string().nullish(),
  children: z.array(z.string()).nullish(),
});
type Node = z.infer<typeof node>;

export const chatGptConversation = z.object({
  title: z.string().nullish(),
  current_node: z.string().nullish(),
  mapping: z.record(z.string(), node),
});
export type ChatGptConversation = z.infer<typeof chatGptConversation>;

/** The nodes with what stands before in front, branches in their order. @throws AppError when they are no tree. */
function inOrder(mapping: ReadonlyMap<string, Node>, title: string): { id: string; parent: string | null }[] {
  const refuse = (why: string) => new AppError("unprocessable", `“${title}” cannot be taken in: ${why}`);
  if (mapping.size > mostNodes) throw refuse(`it has more than ${mostNodes.toLocaleString("en")} messages.`);
  const parentOf = new Map<string, string>();
  const childrenOf = new Map<string, string[]>();
  const link = (parent: string, child: string) => {
    const known = parentOf.get(child);
    if (known === parent) return;
    if (known !== undefined) throw refuse(`message ${child} stands in two places.`);
    parentOf.set(child, parent);
    const siblings = childrenOf.get(parent);
    if (siblings) siblings.push(child);
    else childrenOf.set(parent, [child]);
  };
  for (const [id, { children }] of mapping)
    for (const child of children ?? []) if (mapping.has(child)) link(id, child);
  for (const [id, { parent }] of mapping) if (parent && mapping.has(parent)) link(parent, id);
  const order: { id: string; parent: string | null }[] = [];
  const waiting = [...mapping.keys()].filter((id) => !parentOf.has(id)).reverse();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    order.push({ id, parent: parentOf.get(id) ?? null });
    waiting.push(...(childrenOf.get(id) ?? []).slice().reverse());
  }
  // What no beginning leads to goes in a circle.
  if (order.length < mapping.size) throw refuse("its messages follow each other in a circle.");
  return order;
}

/** A conversation of a ChatGPT export. What is not text is counted and left out; its branches are kept. */
export function readChatGpt(conversation: ChatGptConversation) {
  const title = (conversation.title ?? "").slice(0, 200) || "Untitled";
  const mapping = new Map(Object.entries(conversation.mapping));
  const leftOut = new LeftOut();
  const system: string[] = [];
  const nodes = inOrder(mapping, title).map(({ id, parent }): ImportedNode => {
    const said = mapping.get(id)?.message;
    const nothing: ImportedNode = { id, parent, role: null, text: "" };
    if (!said) return nothing;
    const { role } = said.author;
    const kind = said.content.content_type ?? "text";
    const parts = said.content.parts ?? [];
    const text = parts.filter((part) => typeof part === "string" && part !== "").join("\n\n");
    if (kind !== "text" && kind !== "multimodal_text") {
      leftOut.add(`message of kind ${kind}`, `messages of kind ${kind}`);
      return nothing;
    }
    for (const part of parts) if (typeof part !== "string") leftOut.add(kindOf(part));
    if (text === "" || said.metadata?.is_visually_hidden_from_conversation) return nothing;
    if (role === "system") system.push(text);
    else if (role !== "user" && role !== "assistant") leftOut.add(`${role} message`);
    else return { id, parent, role, text, model: said.metadata?.model_slug ?? undefined };
    return nothing;
  });
  return {
    title,
    system: system.join("\n\n"),
    nodes,
    current: conversation.current_node ?? undefined,
    notes: leftOut.notes(),
  };
}

function kindOf(part: unknown): string {
  const type = z.object({ content_type: z.string() }).safeParse(part).data?.content_type ?? "";
  if (type.startsWith("image")) return "image";
  if (type.includes("audio")) return "recording";
  return type || "part of unknown kind";
}

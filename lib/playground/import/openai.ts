import { z } from "zod";
import { type Attachment, attachment } from "../message-schema";
import type { ImportedNode } from "./exchanges";
import { LeftOut } from "./left-out";

const part = z.object({
  type: z.string().optional(),
  text: z.string().optional(),
  image_url: z.union([z.string(), z.object({ url: z.string() })]).optional(),
});

export const openAiMessage = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(part)]).nullish(),
  refusal: z.string().nullish(),
  tool_calls: z.array(z.unknown()).nullish(),
});
export type OpenAiMessage = z.infer<typeof openAiMessage>;

export interface ReadMessages {
  system: string;
  nodes: ImportedNode[];
  notes: string[];
}

/** Messages as the chat completions API takes them. What is not text or an image is counted and left out. */
export function readMessages(messages: readonly OpenAiMessage[]): ReadMessages {
  const leftOut = new LeftOut();
  const system: string[] = [];
  const nodes: ImportedNode[] = [];
  let images = 0;
  for (const { role, content, refusal, tool_calls } of messages) {
    const parts = typeof content === "string" ? [{ text: content }] : (content ?? []);
    const texts: string[] = [];
    const attachments: Attachment[] = [];
    for (const { text, type, image_url } of parts as z.infer<typeof part>[]) {
      if (text !== undefined) texts.push(text);
      else if (image_url !== undefined) {
        const url = typeof image_url === "string" ? image_url : image_url.url;
        const image = attachment.safeParse({
          kind: "image",
          id: `i${++images}`,
          name: `Image ${images}`,
          url,
        });
        // Only what is enclosed: an address would be fetched from elsewhere.
        if (image.success && role === "user") attachments.push(image.data);
        else leftOut.add("image");
      } else leftOut.add(type ?? "part of unknown kind");
    }
    if (refusal) texts.push(refusal);
    for (const _ of tool_calls ?? []) leftOut.add("tool call");
    const text = texts.join("\n\n");
    if (role === "system" || role === "developer") {
      if (nodes.length === 0) system.push(text);
      else leftOut.add("system message within the conversation", "system messages within the conversation");
    } else if (role === "user" || role === "assistant") {
      nodes.push({ id: `n${nodes.length + 1}`, parent: nodes.at(-1)?.id ?? null, role, text, attachments });
    } else leftOut.add(`${role} message`);
  }
  return { system: system.join("\n\n"), nodes, notes: leftOut.notes() };
}

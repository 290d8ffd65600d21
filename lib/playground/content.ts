import type { ChatMessage } from "@/lib/inference";
import { attachmentContext } from "./attachment-context";
import type { Attachment, PlaygroundTurn } from "./document";

/** A message as it is sent: the words of its attachments before its own, images as parts beside them. */
export function contentOf(
  text: string,
  attachments: readonly Attachment[] = [],
): NonNullable<ChatMessage["content"]> {
  const words = attachments.filter((attachment) => attachment.kind === "text").map(attachmentContext);
  const whole = [...words, text].filter((part) => part !== "").join("\n\n");
  const images = attachments.filter((attachment) => attachment.kind === "image");
  if (images.length === 0) return whole;
  return [
    { type: "text", text: whole },
    ...images.map(({ url }) => ({ type: "image_url" as const, image_url: { url } })),
  ];
}

/** What a turn asks, as messages: those of the prompt before it, and the user's. */
export function askedOf({
  lead = [],
  user,
  attachments,
}: Pick<PlaygroundTurn, "lead" | "user" | "attachments">): ChatMessage[] {
  return [
    ...lead.map(({ role, text, attachments: files }) => ({ role, content: contentOf(text, files) })),
    { role: "user", content: contentOf(user, attachments) },
  ];
}

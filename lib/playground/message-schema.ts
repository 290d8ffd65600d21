import { z } from "zod";
import { bounds, localIdText, text } from "./bounds";

const dataImage = /^data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/;

/** What goes along with a message: words taken from a file, or an image as a data URL. */
export const attachment = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("text"),
    id: localIdText,
    name: z.string().min(1).max(200),
    text: text(bounds.text),
  }),
  z.strictObject({
    kind: z.literal("image"),
    id: localIdText,
    name: z.string().min(1).max(200),
    url: z.string().max(6_000_000).regex(dataImage, "Not an image as a data URL."),
  }),
]);
export type Attachment = z.infer<typeof attachment>;

export const attachments = z.array(attachment).max(bounds.attachments);

/** A message of the prompt. An assistant's at the end is the beginning of the answer. */
export const promptMessage = z.strictObject({
  id: localIdText,
  role: z.enum(["user", "assistant"]),
  text: text(bounds.text),
  attachments: attachments.optional(),
});
export type PromptMessage = z.infer<typeof promptMessage>;

import { z } from "zod";
import {
  aliasName,
  messageRoles,
  bounds as promptBounds,
  promptContent,
  promptFullName,
  resolvedContent,
  variableName,
  versionNumber,
} from "@/lib/prompts";
import { bounds, text } from "./bounds";
import { attachments } from "./message-schema";

/** Which version of which prompt of the library; `alias` is the name by which it was loaded. */
export const promptSource = z.strictObject({
  name: promptFullName,
  version: versionNumber,
  alias: aliasName.nullable(),
});
export type PromptSource = z.infer<typeof promptSource>;

/** A version of a prompt in the playground, and what was made of it here. */
export const loadedPrompt = promptSource.extend({
  /** As it stands in the library. */
  written: promptContent,
  /** As it stands in the editor; absent while that is the same. */
  edited: promptContent.optional(),
  /** What stands there with everything that it refers to in its place; null until that is read, absent where it refers to nothing. */
  resolved: resolvedContent.nullable().optional(),
});
export type LoadedPrompt = z.infer<typeof loadedPrompt>;

const sentText = text(promptBounds.resolved + promptBounds.values);

/** A message as it was sent. */
export const sentMessage = z.strictObject({
  role: z.enum(messageRoles),
  text: sentText,
  attachments: attachments.optional(),
});
export type SentMessage = z.infer<typeof sentMessage>;

/** Of an answer: the prompt that asked for it, as it is in the library or changed since. */
export const answeredPrompt = promptSource.extend({ edited: z.boolean() });
export type AnsweredPrompt = z.infer<typeof answeredPrompt>;

const sentMessages = z.array(sentMessage).max(promptBounds.messages + bounds.messages);

/** What a prompt of the library made of its variables where a conversation began. */
export const sentPrompt = z.strictObject({
  prompt: answeredPrompt,
  /** Values of its variables, as they were given. */
  variables: z.record(variableName, text(bounds.text)),
  /** Messages that were put into its placeholders. */
  placeholders: z.record(variableName, sentMessages),
  /** The placeholder that takes the conversation, where the prompt does not ask by itself. */
  conversation: variableName.optional(),
  before: sentMessages,
  /** Absent where the prompt does not ask by itself: the words of the turn do. */
  user: sentText.optional(),
  prefill: sentText.optional(),
  /** Behind the conversation. */
  after: sentMessages,
});
export type SentPrompt = z.infer<typeof sentPrompt>;

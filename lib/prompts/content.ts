import { z } from "zod";
import { chatParameters, responseFormat } from "@/lib/inference";

/** Sizes of what a version holds, in characters and items. */
export const bounds = {
  /** All texts of a version together. */
  text: 200_000,
  messages: 100,
  variables: 50,
  commitMessage: 500,
  /** A value given for a variable, and all of them together. */
  value: 200_000,
  values: 1_000_000,
  /** Depth of prompts in prompts, and how many references a prompt resolves to in all. */
  depth: 8,
  references: 50,
  /** Of a prompt with everything that it refers to. */
  resolved: 1_000_000,
} as const;

/** Text that jsonb can hold: neither NUL nor half of a character. */
const storedText = (max: number) =>
  z
    .string()
    .max(max, `Use ${max.toLocaleString("en")} characters or fewer.`)
    .overwrite((value) => value.toWellFormed().replaceAll("\0", "\uFFFD"));

export const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/, "Begin with a letter or _; then letters, digits, _, . and -.");

/** How the value of a variable is checked. */
export const variableType = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("number") }),
  z.strictObject({ type: z.literal("boolean") }),
  z.strictObject({ type: z.literal("choice"), options: z.array(z.string().min(1).max(200)).min(1).max(50) }),
]);
export type VariableType = z.infer<typeof variableType>;

/** A `{{variable}}` as it is declared. One that is used but not declared is a required text. */
export const promptVariable = z.strictObject({
  name: variableName,
  type: variableType.default({ type: "text" }),
  /** Used where no value is given; absent makes a value necessary. */
  default: storedText(20_000).optional(),
  description: storedText(500).default(""),
});
export type PromptVariable = z.infer<typeof promptVariable>;

export const messageRoles = ["system", "user", "assistant"] as const;

const messageOf = (most: number) =>
  z.union([
    z.strictObject({ role: z.enum(messageRoles), text: storedText(most) }),
    z.strictObject({ placeholder: variableName }),
  ]);

/** A message, or a place that the caller fills with messages such as a history. */
export const templateMessage = messageOf(bounds.text);
export type TemplateMessage = z.infer<typeof templateMessage>;

const configuration = {
  variables: z.array(promptVariable).max(bounds.variables).default([]),
  /** The model it is meant for; null leaves the choice to the caller. */
  model: z.string().min(1).max(300).nullable().default(null),
  parameters: chatParameters.default({}),
  /** Null: plain text. */
  responseFormat: responseFormat.nullable().default(null),
};

const shapeOf = (most: number) =>
  z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("text"), text: storedText(most), ...configuration }),
    z.strictObject({
      type: z.literal("chat"),
      messages: z.array(messageOf(most)).min(1).max(bounds.messages),
      ...configuration,
    }),
  ]);

const contentOf = (most: number) =>
  shapeOf(most).superRefine((content, check) => {
    const names = content.variables.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      check.addIssue({ code: "custom", path: ["variables"], message: `${twice} is declared twice.` });
    }
    const size = textsOf(content).reduce((sum, text) => sum + text.length, 0);
    if (size > most) {
      const message = `Use ${most.toLocaleString("en")} characters or fewer in all messages together.`;
      check.addIssue({ code: "custom", path: ["messages"], message });
    }
  });

/** What a version says: template and configuration. */
export const promptContent = contentOf(bounds.text);
/** Larger than a version may be: with all that it refers to, or with both sides of conflicts. */
export const resolvedContent = contentOf(bounds.resolved);
export type PromptContent = z.infer<typeof promptContent>;
export type PromptContentInput = z.input<typeof promptContent>;
export type PromptType = PromptContent["type"];

/** The texts of a prompt in the order in which they are sent. */
export function textsOf(content: PromptContent): string[] {
  if (content.type === "text") return [content.text];
  return content.messages.flatMap((message) => ("text" in message ? [message.text] : []));
}

/** Where a caller puts messages: names in the order of their places. */
export function placeholdersOf(content: PromptContent): string[] {
  if (content.type === "text") return [];
  return [
    ...new Set(
      content.messages.flatMap((message) => ("placeholder" in message ? [message.placeholder] : [])),
    ),
  ];
}

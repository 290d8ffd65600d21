import { z } from "zod";
import { AppError, zodDetails } from "@/lib/core";
import { chatParameters, responseFormat } from "@/lib/inference";
import { versionNumber } from "../alias";
import {
  type PromptContent,
  type PromptVariable,
  promptContent,
  templateMessage,
  variableName,
} from "../content";
import { promptFullName } from "../full-name";

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const fileVariable = z.strictObject({
  name: variableName,
  type: z.enum(["text", "number", "boolean", "choice"]).default("text"),
  options: z.array(text).optional(),
  default: text.optional(),
  description: z.string().default(""),
});

/** Which version the file was written from, by number and by what it said. */
const fileBase = z.strictObject({ version: versionNumber, hash: z.string().regex(/^[0-9a-f]{64}$/) });
export type FileBase = z.infer<typeof fileBase>;

/** What stands above the text of a prompt in a file; a field that nobody knows is refused, for it may be a slip. */
export const fileHead = z.strictObject({
  name: promptFullName,
  type: z.enum(["text", "chat"]).default("text"),
  base: fileBase.optional(),
  comment: z.string().max(2000).default(""),
  tags: z.record(z.string(), text).default({}),
  model: z.string().nullable().default(null),
  parameters: chatParameters.default({}),
  response_format: responseFormat.nullable().default(null),
  variables: z.array(fileVariable).default([]),
});
type FileHead = z.output<typeof fileHead>;

/** A prompt as files carry it. */
export interface PromptDocument {
  fullName: string;
  base: FileBase | null;
  /** Of the prompt, not of the version: used where the prompt is made. */
  comment: string;
  tags: Record<string, string>;
  content: PromptContent;
}

export const fileTemplate = z.union([
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({ type: z.literal("chat"), messages: z.array(templateMessage) }),
]);
export type FileTemplate = z.output<typeof fileTemplate>;

/** Parses what a file says. @throws AppError `invalid` naming the field */
export function parseFile<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = zodDetails(parsed.error);
  const [first] = details;
  throw new AppError(
    "invalid",
    `${first?.path ? `${first.path}: ` : ""}${first?.message ?? "Not understood."}`,
    {
      details,
    },
  );
}

function variableOf({ type, options, default: value, ...rest }: z.output<typeof fileVariable>): unknown {
  const kind = type === "choice" || options ? { type, options } : { type };
  return { ...rest, type: kind, ...(value === undefined ? {} : { default: value }) };
}

function writtenVariable({ name, type, default: value, description }: PromptVariable): object {
  return {
    name,
    type: type.type,
    ...(type.type === "choice" ? { options: type.options } : {}),
    ...(value === undefined ? {} : { default: value }),
    ...(description === "" ? {} : { description }),
  };
}

/** @throws AppError `invalid` */
export function documentOf(head: FileHead, template: FileTemplate): PromptDocument {
  const { name, base, comment, tags, model, parameters, response_format, variables } = head;
  const content = parseFile(promptContent, {
    ...template,
    model,
    parameters,
    responseFormat: response_format,
    variables: variables.map(variableOf),
  });
  return { fullName: name, base: base ?? null, comment, tags, content };
}

/** The head as it is written: what says nothing is left out. */
export function headOf({ fullName, base, comment, tags, content }: PromptDocument): object {
  const { type, model, parameters, responseFormat: format, variables } = content;
  return {
    name: fullName,
    type,
    ...(base ? { base } : {}),
    ...(comment === "" ? {} : { comment }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(model === null ? {} : { model }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(format === null ? {} : { response_format: format }),
    ...(variables.length === 0 ? {} : { variables: variables.map(writtenVariable) }),
  };
}

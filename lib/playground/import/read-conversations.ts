import { z } from "zod";
import { AppError } from "@/lib/core";
import { playgroundDocument } from "../document";
import { findJsonProblem } from "../json-problem";
import type { ModelRef } from "../link";
import { takenOver } from "../taken-over";
import { chatGptConversation, readChatGpt } from "./chatgpt";
import {
  amount,
  checkedConversation,
  conversationWith,
  fittingTitle,
  type ImportedConversation,
} from "./imported-document";
import { openAiMessage, readMessages } from "./openai";

export const longestImport = 64 * 1024 * 1024;
const mostConversations = 5_000;

export interface ReadConversations {
  conversations: ImportedConversation[];
  /** Of the file as a whole. */
  notes: string[];
}

const ownExport = z.object({ title: z.string().nullish(), document: z.object({}).loose() });
const ownDocument = z.object({ columns: z.array(z.unknown()), turns: z.array(z.unknown()) }).loose();
const withMapping = z.object({ mapping: z.object({}).loose() }).loose();
const withMessages = z.object({ title: z.string().nullish(), messages: z.array(z.unknown()) });
const isMessages = (value: unknown): value is unknown[] =>
  Array.isArray(value) && z.object({ role: z.string() }).safeParse(value[0]).success;

function parsed<S extends z.ZodType>(schema: S, value: unknown, place: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AppError(
    "unprocessable",
    `${place} is not understood. ${issue?.path.join(".")}: ${issue?.message}`,
  );
}

/** One conversation of any known form; null when nothing was asked in it. */
function readOne(value: unknown, place: string, model: ModelRef): ImportedConversation | null {
  const own = ownExport.safeParse(value).data ?? { title: undefined, document: value };
  if (ownDocument.safeParse(own.document).success) {
    const document = takenOver(parsed(playgroundDocument, own.document, place));
    return checkedConversation({
      title: fittingTitle(own.title ?? undefined, document),
      document,
      notes: [],
    });
  }
  if (withMapping.safeParse(value).success) {
    return conversationWith(readChatGpt(parsed(chatGptConversation, value, place)), model);
  }
  const { title, messages } = isMessages(value)
    ? { title: undefined, messages: value }
    : parsed(withMessages, value, place);
  const read = readMessages(parsed(z.array(openAiMessage), messages, place));
  return conversationWith({ title: title ?? undefined, ...read }, model);
}

interface Piece {
  value: unknown;
  place: string;
}

/** JSON as one or many conversations, or a conversation a line. @throws AppError `invalid`, naming the line. */
function piecesOf(text: string): Piece[] {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch (cause) {
    return linesOf(text, cause);
  }
  if (!Array.isArray(whole) || isMessages(whole)) return [{ value: whole, place: "The file" }];
  return whole.map((value: unknown, index) => ({ value, place: `Conversation ${index + 1}` }));
}

function linesOf(text: string, cause: unknown): Piece[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const filled = lines.filter(({ line }) => line !== "");
  const first = filled[0]?.line ?? "";
  // A line that is a whole object makes it a file of lines; else the file was meant as one.
  if (filled.length < 2 || !first.startsWith("{") || findJsonProblem(first)) {
    const problem = findJsonProblem(text);
    const why = problem
      ? `Line ${problem.line}, character ${problem.column}: ${problem.why}`
      : "It is nested too deep.";
    throw new AppError("invalid", `This is not JSON. ${why}`, { cause });
  }
  return filled.map(({ line, number }) => {
    try {
      return { value: JSON.parse(line) as unknown, place: `Line ${number}` };
    } catch (lineCause) {
      const problem = findJsonProblem(line);
      const why = problem ? `Character ${problem.column}: ${problem.why}` : "It is nested too deep.";
      throw new AppError("invalid", `Line ${number} is not JSON. ${why}`, { cause: lineCause });
    }
  });
}

/**
 * Conversations of a file or of pasted text: OpenAI messages, one conversation or JSON lines; a ChatGPT
 * export; our own export. Each becomes a comparison with one column of `model`.
 * @throws AppError `invalid`, `unprocessable` or `too_large`; then nothing of the file is taken.
 */
export function readConversations(text: string, model: ModelRef): ReadConversations {
  if (text.length > longestImport)
    throw new AppError("too_large", "The file is larger than 64 MB. Split it.");
  const clean = text.replace(/^\uFEFF/, "").trim();
  if (clean === "") throw new AppError("invalid", "There is nothing in it.");
  const pieces = piecesOf(clean);
  if (pieces.length > mostConversations) {
    throw new AppError(
      "too_large",
      `It holds more than ${mostConversations.toLocaleString("en")} conversations. Split it.`,
    );
  }
  const read = pieces.map(({ value, place }) => readOne(value, place, model));
  const conversations = read.filter((conversation) => conversation !== null);
  if (conversations.length === 0)
    throw new AppError("unprocessable", "Nobody asks anything in it: there is nothing to take in.");
  const empty = read.length - conversations.length;
  return {
    conversations,
    notes: empty === 0 ? [] : [`${amount(empty, "conversation")} without a question left out.`],
  };
}

import { z } from "zod";

/** Sizes a session may have. A body above `document` bytes is refused before it is parsed. */
export const bounds = {
  columns: 8,
  turns: 400,
  text: 2_000_000,
  title: 200,
  messages: 50,
  /** Answers that one run asks of a column, and those that a turn keeps of it. */
  repeats: 10,
  answers: 50,
  variables: 50,
  rows: 200,
  attachments: 12,
  /** Tokens whose probabilities are kept with an answer. */
  scoredTokens: 4_000,
  document: 12 * 1024 * 1024,
} as const;

/**
 * Text as PostgreSQL's jsonb can hold it: NUL and lone surrogates, which a model may produce from
 * broken bytes, would make the whole save fail.
 */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .overwrite((value) => value.toWellFormed().replaceAll("\0", "\uFFFD"));

export const localIdText = z.string().regex(/^[a-z0-9]{1,24}$/);

import { z } from "zod";
import { comment, person, versionNumber } from "./schema";

/** `from` is where the alias stood when it was decided to move it; null: nowhere. */
export const aliasMove = z.strictObject({
  version: versionNumber,
  from: versionNumber.nullable(),
  why: comment.default(""),
});
export type AliasMove = z.input<typeof aliasMove>;

export const aliasRemoval = z.strictObject({ from: versionNumber, why: comment.default("") });
export type AliasRemoval = z.input<typeof aliasRemoval>;

export const aliasUndo = z.strictObject({ move: z.string().regex(/^\d{1,18}$/) });

/** One entry of the history of aliases. */
export const aliasMoved = z.object({
  id: z.string(),
  alias: z.string(),
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  why: z.string(),
  by: person,
  at: z.iso.datetime(),
  /** The entry it took back. */
  undoes: z.string().nullable(),
  /** The last one of its alias: what it did can be taken back. */
  isLast: z.boolean(),
});
export type AliasMoved = z.infer<typeof aliasMoved>;

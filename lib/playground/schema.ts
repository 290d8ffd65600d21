import { z } from "zod";
import { bounds, text } from "./bounds";
import { playgroundDocument } from "./document";

/** Days for which what was deleted can be brought back. */
export const daysKept = 30;

/** Sessions that one call may import. */
export const mostImported = 100;

export const title = text(bounds.title).refine((value) => value.trim() !== "", "A title needs a character.");

const invisible = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u;

/** "" stands for none. */
export const folderName = z
  .string()
  .max(100)
  .trim()
  .refine((name) => name.isWellFormed() && !invisible.test(name), "Use visible characters only.");

export const sessionCreation = z.strictObject({
  title: title.optional(),
  folder: folderName.optional(),
  document: playgroundDocument,
});
export type SessionCreation = z.infer<typeof sessionCreation>;

/** A save: of the title, the document or both, over the version that the writer saw. */
export const sessionUpdate = z
  .strictObject({
    version: z.number().int().positive(),
    title: title.optional(),
    document: playgroundDocument.optional(),
  })
  .refine((update) => update.title !== undefined || update.document !== undefined, "Nothing to save.");
export type SessionUpdate = z.infer<typeof sessionUpdate>;

export const playgroundSummary = z.object({
  id: z.string(),
  title: z.string(),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type PlaygroundSummary = z.infer<typeof playgroundSummary>;

export const playgroundSession = playgroundSummary.extend({ document: playgroundDocument });
export type PlaygroundSession = z.infer<typeof playgroundSession>;

/** A session as the history lists it. */
export const playgroundEntry = playgroundSummary.extend({
  folder: z.string(),
  deletedAt: z.iso.datetime().nullable(),
  /** Where what was searched for stands, when it is not the title alone. */
  snippet: z.array(z.object({ text: z.string(), mark: z.boolean() })).optional(),
});
export type PlaygroundEntry = z.infer<typeof playgroundEntry>;

/** Into which folder a session moves. */
export const sessionMove = z.strictObject({ folder: folderName });
export type SessionMove = z.infer<typeof sessionMove>;

export const folderCount = z.object({ folder: z.string(), sessions: z.number().int() });
export type FolderCount = z.infer<typeof folderCount>;

export const folderRename = z.strictObject({
  from: folderName.refine((name) => name !== "", "Name the folder."),
  to: folderName,
});
export type FolderRename = z.infer<typeof folderRename>;

/** Sessions that are kept all together or not at all. */
export const sessionImport = z.strictObject({
  folder: folderName,
  sessions: z
    .array(sessionCreation.omit({ folder: true }))
    .min(1)
    .max(mostImported),
});
export type SessionImport = z.infer<typeof sessionImport>;

export const sessionFilter = z.strictObject({
  /** Beginnings of words, "a phrase", -without. */
  q: z.string().max(200).optional(),
  /** "" lists those in no folder. */
  folder: folderName.optional(),
  /** Live ones unless it says otherwise. */
  state: z.enum(["live", "deleted"]).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** The `next` of the page before. */
  cursor: z
    .string()
    .regex(/^[0-9TZ:.-]{1,30}~[A-Za-z0-9_]{1,60}$/)
    .refine((cursor) => !Number.isNaN(Date.parse(cursor.split("~")[0] ?? "")), "Not a cursor.")
    .optional(),
});
export type SessionFilter = z.infer<typeof sessionFilter>;

export const sessionPage = z.object({
  sessions: z.array(playgroundEntry),
  next: z.string().nullable(),
});
export type SessionPage = z.infer<typeof sessionPage>;

import { z } from "zod";
import { promptFullName } from "@/lib/prompts";
import { playgroundDocument } from "./document";
import { title } from "./schema";

const sessionId = z.string().regex(/^\w{1,60}$/);

/**
 * What is shared: a saved session as the server has it, a document as it is sent, or both, when the
 * document is that of the session with changes that were not saved.
 */
export const snapshotCreation = z
  .strictObject({
    sessionId: sessionId.optional(),
    title: title.optional(),
    document: playgroundDocument.optional(),
  })
  .refine(
    ({ sessionId, document }) => sessionId !== undefined || document !== undefined,
    "Name a saved session, or send a document.",
  );
export type SnapshotCreation = z.infer<typeof snapshotCreation>;

export const snapshotSummary = z.object({
  id: z.string(),
  /** Null when it was shared without being saved, or when the session is gone. */
  sessionId: z.string().nullable(),
  title: z.string(),
  createdAt: z.iso.datetime(),
});
export type SnapshotSummary = z.infer<typeof snapshotSummary>;

export const snapshotFilter = z
  .strictObject({
    sessionId: sessionId.optional(),
    /** Only those in which this prompt asks, with its versions. */
    prompt: promptFullName.optional(),
  })
  .refine(
    ({ sessionId, prompt }) => sessionId === undefined || prompt === undefined,
    "Name a session or a prompt, not both.",
  );
export type SnapshotFilter = z.infer<typeof snapshotFilter>;

/** A snapshot as everybody who has its link reads it. */
export const playgroundSnapshot = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  /** The name of who shared it. */
  sharedBy: z.string(),
  /** Whether the reader shared it. */
  own: z.boolean(),
  document: playgroundDocument,
});
export type PlaygroundSnapshot = z.infer<typeof playgroundSnapshot>;

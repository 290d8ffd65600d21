import "server-only";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { PromptContent } from "../content";
import { contentHash } from "../merge/hash";
import { mergeContents } from "../merge/merge";
import type { MergeResult } from "../schema";
import { findPromptRow } from "../store/prompts";
import { findVersionRow } from "../store/versions";
import { peopleOf, toVersion } from "../view";
import { type KnownPrompt, noPrompt } from "./own";

/** What a content would become as the next version, as of the last one. */
export interface Merge {
  /** The version it was merged with. */
  lastNumber: number;
  result: MergeResult;
  hash: string;
}

/** @throws AppError `unprocessable` for a base that does not exist or a prompt of another type */
function requireFits(type: string, lastNumber: number, base: number, content: PromptContent): void {
  if (base > lastNumber || base < 1) {
    const message = `There is no version ${base} to start from.`;
    throw new AppError("unprocessable", message, { details: [{ path: "base", message }] });
  }
  if (content.type !== type) {
    const message = `This is a ${type} prompt, and stays one.`;
    throw new AppError("unprocessable", message, { details: [{ path: "content.type", message }] });
  }
}

/** Merges what somebody wrote from `base` with the last version, three ways. @throws AppError `unprocessable` */
export async function mergeWithLast(
  { id }: KnownPrompt,
  { content, base }: { content: PromptContent; base: number },
): Promise<Merge> {
  const { prisma } = await db();
  const row = await findPromptRow(prisma, id);
  if (!row) throw noPrompt();
  const { lastNumber, aliases } = row;
  requireFits(row.type, lastNumber, base, content);
  const [from, last] = await Promise.all([
    findVersionRow(prisma, id, base),
    findVersionRow(prisma, id, lastNumber),
  ]);
  if (!from || !last) throw new Error(`A version of ${id} is gone`);
  const people = await peopleOf(prisma, [from.createdById, last.createdById]);
  const { merged, conflicts } =
    base === lastNumber
      ? { merged: content, conflicts: [] }
      : mergeContents(from.content, last.content, content);
  return {
    lastNumber,
    hash: contentHash(merged),
    result: {
      base: toVersion(from, aliases, people),
      theirs: toVersion(last, aliases, people),
      mine: content,
      merged,
      conflicts,
    },
  };
}

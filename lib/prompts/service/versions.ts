import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { type PromptVersion, type VersionSummary, type versionCreation, versionsShown } from "../schema";
import { findPromptRow } from "../store/prompts";
import { findVersionRow, listVersionRows } from "../store/versions";
import { peopleOf, toSummary, toVersion } from "../view";
import { commitVersion } from "./commit";
import { type KnownPrompt, noPrompt, requirePrompt } from "./own";

async function shown({ id, fullName }: KnownPrompt, number: number): Promise<PromptVersion> {
  const { prisma } = await db();
  const row = await findPromptRow(prisma, id);
  if (!row) throw noPrompt();
  const isGiven = Number.isInteger(number) && number >= 1 && number <= row.lastNumber;
  const version = isGiven ? await findVersionRow(prisma, id, number) : null;
  if (!version) throw new AppError("not_found", `${fullName} has no version of that number.`);
  return toVersion(version, row.aliases, await peopleOf(prisma, [version.createdById]));
}

/** One version with its text. @throws AppError `not_found`, `forbidden` */
export async function getVersion(ctx: Context, fullName: string, number: number): Promise<PromptVersion> {
  return shown(await requirePrompt(ctx, fullName, "EXECUTE"), number);
}

/** Versions before one, newest first, without their texts. */
export async function findVersions(
  ctx: Context,
  fullName: string,
  { before }: { before?: number },
): Promise<{ versions: VersionSummary[]; next: number | null }> {
  const { id } = await requirePrompt(ctx, fullName, "BROWSE");
  const { prisma } = await db();
  const page = { limit: versionsShown + 1, ...(before === undefined ? {} : { before }) };
  const [row, rows] = await Promise.all([findPromptRow(prisma, id), listVersionRows(prisma, id, page)]);
  if (!row) throw noPrompt();
  const some = rows.slice(0, versionsShown);
  const people = await peopleOf(
    prisma,
    some.map(({ createdById }) => createdById),
  );
  return {
    versions: some.map((version) => toSummary(version, row.aliases, people)),
    next: rows.length > versionsShown ? (some.at(-1)?.number ?? null) : null,
  };
}

/** A version past the draft. @throws AppError `conflict`, with the merge, when both changed the same since its base */
export async function createVersion(
  ctx: Context,
  fullName: string,
  { content, message, base }: z.output<typeof versionCreation>,
): Promise<PromptVersion> {
  const prompt = await requirePrompt(ctx, fullName, "MODIFY");
  const number = await commitVersion(ctx, prompt, { content, message, base, action: "createVersion" });
  return shown(prompt, number);
}

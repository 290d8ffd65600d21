import "server-only";
import type { z } from "zod";
import {
  authorize,
  currentPolicy,
  findSecurables,
  findTags,
  fullNameOf,
  nodeByName,
  type Policy,
  type PolicyNode,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { latest } from "../alias";
import { type ExportedFiles, fileBounds, type fileExport, type PromptFile } from "../file-schema";
import { pathOf, writePromptFile } from "../files/files";
import { zipOf } from "../files/zip";
import { findPromptRow } from "../store/prompts";
import { findVersionRow } from "../store/versions";
import { promptsAfter } from "./directory";
import { requirePrompt } from "./own";

type Export = z.output<typeof fileExport>;
type Asked = Pick<Export, "format" | "alias">;

function* nodesOf(policy: Policy, schema: string | undefined): Iterable<PolicyNode> {
  const place = schema === undefined ? undefined : nodeByName(policy, schema, "schema");
  if (place === null) return;
  for (const { node } of promptsAfter(policy, undefined)) if (!place || node.parent === place) yield node;
}

/** A prompt's version as a file; null where the prompt has no such alias. */
export async function fileOf(
  { id, fullName }: { id: string; fullName: string },
  { format, alias }: Asked,
): Promise<PromptFile | null> {
  const { prisma } = await db();
  const [row, [securable], tags] = await Promise.all([
    findPromptRow(prisma, id),
    findSecurables(prisma, [id]),
    findTags(prisma, [id]),
  ]);
  const number =
    alias === latest ? row?.lastNumber : row?.aliases.find((each) => each.alias === alias)?.version;
  const version = number ? await findVersionRow(prisma, id, number) : null;
  if (!version || !securable) return null;
  const own = tags.filter(({ part }) => part === "").map(({ key, value }) => [key, value]);
  const text = writePromptFile(format, {
    fullName,
    base: { version: version.number, hash: version.hash },
    comment: securable.comment,
    tags: Object.fromEntries(own),
    content: version.content,
  });
  return { path: pathOf(fullName, format), text };
}

function requireRoom(files: PromptFile[], characters: number): void {
  if (files.length <= fileBounds.files && characters <= fileBounds.characters) return;
  const most = fileBounds.files.toLocaleString("en");
  throw new AppError(
    "too_large",
    `These are more than ${most} prompts or 32 MB. Export one schema at a time.`,
  );
}

async function some(ctx: Context, asked: Export): Promise<ExportedFiles> {
  const policy = await currentPolicy();
  const found: ExportedFiles = { files: [], leftOut: [] };
  let characters = 0;
  for (const node of nodesOf(policy, asked.schema)) {
    if (!authorize(ctx.actor, "BROWSE", { id: node.id }).allow) continue;
    const prompt = { id: node.id, fullName: fullNameOf(node) };
    const { allow, why } = authorize(ctx.actor, "EXECUTE", { id: node.id });
    const file = allow ? await fileOf(prompt, asked) : null;
    if (file) found.files.push(file);
    else found.leftOut.push({ name: prompt.fullName, why: allow ? `It has no alias ${asked.alias}.` : why });
    characters += file?.text.length ?? 0;
    requireRoom(found.files, characters);
  }
  return found;
}

/**
 * Prompts as files, each with the version it was written from. What the caller may know of but not read is named.
 * @throws AppError `not_found` or `forbidden` for one prompt, `too_large`
 */
export async function exportFiles(ctx: Context, asked: Export): Promise<ExportedFiles> {
  if (asked.name === undefined) return some(ctx, asked);
  const prompt = await requirePrompt(ctx, asked.name, "EXECUTE");
  const file = await fileOf(prompt, asked);
  if (file) return { files: [file], leftOut: [] };
  throw new AppError(
    "not_found",
    `${prompt.fullName} has no alias ${asked.alias}. Nothing is given in its place.`,
  );
}

/** What is in an archive besides prompts: what could not be put into it. */
function leftOutFile({ leftOut }: ExportedFiles): PromptFile[] {
  if (leftOut.length === 0) return [];
  return [{ path: "left-out.txt", text: leftOut.map(({ name, why }) => `${name}: ${why}\n`).join("") }];
}

/** The same as a zip archive or as JSON. */
export async function exportResponse(ctx: Context, asked: Export): Promise<Response> {
  const found = await exportFiles(ctx, asked);
  if (asked.as === "json") return Response.json(found);
  const name = (asked.name ?? asked.schema ?? "prompts").replace(/[^\w.-]/g, "_");
  return new Response(zipOf([...found.files, ...leftOutFile(found)]), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}.zip"`,
    },
  });
}

import "server-only";
import type { z } from "zod";
import { nameKey } from "@/lib/access";
import { authorize, currentPolicy, nodeByName } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError, isAppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { latest } from "../alias";
import { fileBounds, type fileImport, type ImportedFile, type PromptFile } from "../file-schema";
import type { PromptDocument } from "../files/document";
import { formatOf, readPromptFile } from "../files/files";
import { inOrder } from "../files/order";
import { contentHash } from "../merge/hash";
import { mergeResult, promptCreation } from "../schema";
import { findNumberByHash } from "../store/files";
import { referencesOf } from "../template/references";
import { resolveContent } from "./fetch";
import { fileOf } from "./file-export";
import { mergeWithLast } from "./merging";
import { type KnownPrompt, requirePrompt } from "./own";
import { createPrompt, requirePlace } from "./prompts";
import { createVersion } from "./versions";

type Import = z.output<typeof fileImport>;
type Outcome = Pick<ImportedFile, "outcome" | "version"> & Partial<ImportedFile>;

interface Read {
  file: PromptFile;
  document: PromptDocument;
}

class Importing {
  /** Prompts that this import makes, by the keys of their names: others of it may refer to them. */
  private readonly made: Set<string>;

  constructor(
    private readonly ctx: Context,
    private readonly input: Import,
    read: readonly Read[],
  ) {
    this.made = new Set(read.map(({ document }) => nameKey(document.fullName)));
  }

  private async known(fullName: string): Promise<KnownPrompt | null> {
    const node = nodeByName(await currentPolicy(), fullName, "prompt");
    const isKnown = node && authorize(this.ctx.actor, "BROWSE", { id: node.id }).allow;
    return isKnown ? requirePrompt(this.ctx, fullName, "MODIFY") : null;
  }

  async one({ document }: Read): Promise<Outcome> {
    const prompt = await this.known(document.fullName);
    return prompt ? this.change(prompt, document) : this.create(document);
  }

  private async create(document: PromptDocument): Promise<Outcome> {
    const { fullName, comment, tags, content } = document;
    const { message } = this.input;
    const at = fullName.lastIndexOf(".");
    const creation = promptCreation.safeParse({
      schema: fullName.slice(0, at),
      name: fullName.slice(at + 1),
      comment,
      tags,
      content,
      message,
    });
    if (!creation.success)
      throw new AppError("invalid", creation.error.issues[0]?.message ?? "Not understood.");
    if (this.input.dryRun) {
      await requirePlace(this.ctx, creation.data.schema);
      await this.checkReferences(document, 1);
    } else await createPrompt(this.ctx, creation.data);
    return { outcome: "created", version: 1 };
  }

  /** What a dry run can know: prompts that come with the same import are not there yet. */
  private async checkReferences({ fullName, content }: PromptDocument, version: number): Promise<void> {
    const isMade = referencesOf(content).some((reference) => this.made.has(nameKey(reference.fullName)));
    if (!isMade) await resolveContent(this.ctx, content, { fullName, version });
  }

  /** The version that the file came from, found by what it said: in another workbench it has another number. */
  private async baseOf({ id }: KnownPrompt, { base, content }: PromptDocument): Promise<number | null> {
    const { prisma } = await db();
    const hashes = [...(base ? [base.hash] : []), contentHash(content)];
    for (const hash of hashes) {
      const number = await findNumberByHash(prisma, id, hash);
      if (number !== null) return number;
    }
    return null;
  }

  private async change(prompt: KnownPrompt, document: PromptDocument): Promise<Outcome> {
    const { content } = document;
    const { dryRun, message, overwrite } = this.input;
    const base = await this.baseOf(prompt, document);
    const { lastNumber, result, hash } = await mergeWithLast(prompt, { content, base: base ?? 1 });
    const { theirs, conflicts } = result;
    if (contentHash(content) === theirs.hash) return { outcome: "unchanged", version: lastNumber };
    if (!overwrite) {
      if (base === null) {
        const words = `It does not say which version it comes from, or that version is not here. v${lastNumber} says something else.`;
        return { outcome: "conflict", version: lastNumber, message: words };
      }
      if (hash === theirs.hash) return { outcome: "unchanged", version: lastNumber };
      if (conflicts.length > 0) {
        const words = `v${lastNumber} changed since v${base} what the file changes too.`;
        return { outcome: "conflict", version: lastNumber, message: words, conflict: result };
      }
    }
    const from = overwrite ? lastNumber : (base ?? lastNumber);
    const outcome = from === lastNumber ? "changed" : "merged";
    if (dryRun) {
      await this.checkReferences(
        { ...document, content: overwrite ? content : result.merged },
        lastNumber + 1,
      );
      return { outcome, version: lastNumber + 1 };
    }
    const { number } = await createVersion(this.ctx, prompt.fullName, { content, message, base: from });
    return { outcome, version: number };
  }
}

function refusal(error: unknown): Outcome {
  if (!isAppError(error)) throw error;
  const merge = mergeResult.safeParse(error.conflict);
  return {
    outcome: error.code === "conflict" ? "conflict" : "refused",
    version: null,
    message: error.message,
    conflict: merge.success ? merge.data : null,
  };
}

const rest = { name: null, message: null, conflict: null, text: null };

/** Reads all files; two for one prompt are refused, for either could be the one that is meant. */
function readAll(files: readonly PromptFile[]): { read: Read[]; refused: ImportedFile[] } {
  const refused: ImportedFile[] = [];
  const read: Read[] = [];
  const paths = new Map<string, string>();
  for (const file of files) {
    try {
      const document = readPromptFile(file.path, file.text);
      const key = nameKey(document.fullName);
      const other = paths.get(key);
      if (other !== undefined) throw new AppError("invalid", `${other} holds ${document.fullName} already.`);
      paths.set(key, file.path);
      read.push({ file, document });
    } catch (error) {
      refused.push({ ...rest, ...refusal(error), path: file.path });
    }
  }
  return { read, refused };
}

/** The file as it would be written now; null where the caller may not read the prompt. */
async function textNow(ctx: Context, path: string, fullName: string): Promise<string | null> {
  const node = nodeByName(await currentPolicy(), fullName, "prompt");
  if (!node || !authorize(ctx.actor, "EXECUTE", { id: node.id }).allow) return null;
  const format = formatOf(path) ?? "markdown";
  return (await fileOf({ id: node.id, fullName }, { format, alias: latest }))?.text ?? null;
}

/**
 * Brings what files say into the library: new prompts are made, others get a version, merged three ways where one
 * was saved since the file was written. Each file stands for itself; aliases stay where they are.
 * @throws AppError `too_large`
 */
export async function importFiles(ctx: Context, input: Import): Promise<{ results: ImportedFile[] }> {
  const characters = input.files.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > fileBounds.characters)
    throw new AppError("too_large", "These files have more than 32 MB.");
  const { read, refused } = readAll(input.files);
  const importing = new Importing(ctx, input, read);
  const results = new Map(refused.map((result) => [result.path, result]));
  for (const each of inOrder(read, ({ document }) => document)) {
    const { path } = each.file;
    const { fullName } = each.document;
    const outcome = await importing.one(each).catch(refusal);
    const isKnown = outcome.outcome !== "refused";
    const isWritten = isKnown && outcome.outcome !== "conflict" && !input.dryRun;
    const text = isWritten ? await textNow(ctx, path, fullName) : null;
    results.set(path, { ...rest, ...outcome, path, name: isKnown ? fullName : null, text });
  }
  return { results: input.files.flatMap(({ path }) => results.get(path) ?? []) };
}

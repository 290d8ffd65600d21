import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import type { AliasMoved, aliasMove, aliasRemoval } from "../move-schema";
import { findAlias, findLastMove, listMoves, type MoveRow } from "../store/aliases";
import { findRequests } from "../store/moves";
import { findRulesOf } from "../store/rules";
import { keepMove, type MovedPrompt, requireAliasName, requireStillAt, requireVersion } from "./keep-move";
import { requireLocked, requirePrompt } from "./own";
import { findPeople } from "./people";
import { type MoveRule, rightOn } from "./rights";

const noAlias = ({ fullName }: MovedPrompt, alias: string) =>
  new AppError("not_found", `${fullName} has no alias ${alias}.`);

function refusal(fullName: string, alias: string, rule: MoveRule | null, mayRequest: boolean): AppError {
  const why = rule?.approval
    ? `${alias} of ${fullName} moves only once somebody else has approved it.`
    : rule && rule.moverIds.length > 0
      ? `${alias} of ${fullName} is protected: only those whom its rule names may move it.`
      : `You need MANAGE on the prompt ${fullName} to move ${alias}.`;
  return new AppError("forbidden", mayRequest ? `${why} You can ask for the move.` : why);
}

/** Changes one alias under the lock of its prompt. @throws AppError `forbidden` where its rule does not let the caller */
async function changeAlias(
  ctx: Context,
  name: string,
  text: string,
  change: (tx: Tx, prompt: MovedPrompt, alias: string) => Promise<MoveRow>,
): Promise<AliasMoved> {
  const { id, fullName } = await requirePrompt(ctx, name, "BROWSE");
  const alias = requireAliasName(text);
  const kept = await (await db()).write(async (tx) => {
    const { lastNumber, rules } = await requireLocked(tx, id);
    const rule = rules.find((each) => each.alias === alias) ?? null;
    const right = rightOn(ctx, id, rule);
    if (!right.move) throw refusal(fullName, alias, rule, right.request);
    return change(tx, { id, fullName, lastNumber }, alias);
  });
  const [moved] = await shown(ctx, id, [kept]);
  if (!moved) throw new Error("A move is not shown");
  return moved;
}

/** Points an alias to a version; a new alias comes into being. @throws AppError `conflict` when it stands elsewhere by now */
export function moveAlias(
  ctx: Context,
  name: string,
  text: string,
  { version, from, why }: z.output<typeof aliasMove>,
): Promise<AliasMoved> {
  return changeAlias(ctx, name, text, async (tx, prompt, alias) => {
    requireVersion(prompt, version);
    await requireStillAt(tx, prompt, alias, from);
    return keepMove(tx, ctx, prompt, { alias, from, to: version, why });
  });
}

/** Takes an alias away. @throws AppError `not_found` or `conflict` */
export function removeAlias(
  ctx: Context,
  name: string,
  text: string,
  { from, why }: z.output<typeof aliasRemoval>,
): Promise<AliasMoved> {
  return changeAlias(ctx, name, text, async (tx, prompt, alias) => {
    if ((await findAlias(tx, prompt.id, alias)) === null) throw noAlias(prompt, alias);
    await requireStillAt(tx, prompt, alias, from);
    return keepMove(tx, ctx, prompt, { alias, from, to: null, why });
  });
}

const version = (number: number | null) => (number === null ? "nowhere" : `v${number}`);

/** Puts an alias back to where it stood before its last move. @throws AppError `conflict` when `move` is not the last one */
export function undoAliasMove(ctx: Context, name: string, text: string, move: string): Promise<AliasMoved> {
  return changeAlias(ctx, name, text, async (tx, prompt, alias) => {
    const last = await findLastMove(tx, prompt.id, alias);
    if (!last) throw noAlias(prompt, alias);
    if (String(last.seq) !== move) {
      throw new AppError("conflict", `${alias} was moved again since. Nothing was changed.`);
    }
    const why = `Undo of ${version(last.from)} → ${version(last.to)}`;
    return keepMove(tx, ctx, prompt, { alias, from: last.to, to: last.from, why, undoes: last.seq });
  });
}

/** Moves of a prompt's aliases, newest first. */
export async function findAliasMoves(ctx: Context, name: string): Promise<AliasMoved[]> {
  const { id } = await requirePrompt(ctx, name, "BROWSE");
  return shown(ctx, id, await listMoves((await db()).prisma, id));
}

/** @param rows newest first, with the last one of each alias in it */
async function shown(ctx: Context, id: string, rows: readonly MoveRow[]): Promise<AliasMoved[]> {
  const { prisma } = await db();
  const requests = await findRequests(
    prisma,
    rows.flatMap(({ requestId }) => requestId ?? []),
  );
  const requesters = new Map(requests.map((request) => [request.id, request.requestedById]));
  const [people, rules] = await Promise.all([
    findPeople(prisma, [...rows.map(({ byId }) => byId), ...requesters.values()]),
    findRulesOf(prisma, [id]),
  ]);
  const mayMove = (alias: string) =>
    rightOn(ctx, id, rules.find((rule) => rule.alias === alias) ?? null).move;
  const seen = new Set<string>();
  return rows.map(({ seq, alias, from, to, why, byId, at, undoes, requestId }) => {
    const isLast = !seen.has(alias);
    seen.add(alias);
    const requester = requestId === null ? undefined : requesters.get(requestId);
    return {
      id: String(seq),
      alias,
      from,
      to,
      why,
      by: people(byId),
      at: at.toISOString(),
      undoes: undoes === null ? null : String(undoes),
      requestedBy: requester === undefined ? null : people(requester),
      isLast,
      mayUndo: isLast && mayMove(alias),
    };
  });
}

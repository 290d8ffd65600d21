import "server-only";
import { bumpPolicyEpoch } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import { ownAliasName } from "../alias";
import {
  countAliases,
  findAlias,
  findLastMove,
  type MoveRow,
  moveAliasRow,
  type NewMove,
} from "../store/aliases";
import { audit } from "./own";
import { findPeople } from "./people";

const mostAliases = 50;

/** The prompt whose alias moves, locked. */
export interface MovedPrompt {
  id: string;
  fullName: string;
  lastNumber: number;
}

/** @throws AppError `unprocessable` for what is no alias, or for one that moves by itself. */
export function requireAliasName(text: string): string {
  const parsed = ownAliasName.safeParse(text);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues[0]?.message ?? "This is no alias.";
  throw new AppError("unprocessable", message, { details: [{ path: "alias", message }] });
}

/** @throws AppError `not_found` */
export function requireVersion({ fullName, lastNumber }: MovedPrompt, number: number): void {
  if (number <= lastNumber) return;
  throw new AppError("not_found", `${fullName} has no version ${number}.`);
}

const words = (version: number | null) => (version === null ? "nowhere" : `at v${version}`);

/** @throws AppError `conflict` when an alias is no longer where its mover saw it. */
export async function requireStillAt(
  tx: Tx,
  { id }: MovedPrompt,
  alias: string,
  from: number | null,
): Promise<void> {
  const at = await findAlias(tx, id, alias);
  if (at === from) return;
  const last = await findLastMove(tx, id, alias);
  const by = last ? (await findPeople(tx, [last.byId]))(last.byId).name : "Somebody";
  throw new AppError(
    "conflict",
    `${by} moved ${alias} meanwhile: it stands ${words(at)}, not ${words(from)}. Nothing was changed.`,
  );
}

type Move = Pick<NewMove, "alias" | "from" | "to" | "why" | "undoes" | "requestId">;

/** Moves an alias whose right and place were checked; every process forgets what it fetched by it. @throws AppError `conflict` */
export async function keepMove(tx: Tx, ctx: Context, prompt: MovedPrompt, move: Move): Promise<MoveRow> {
  const { id, fullName } = prompt;
  const { alias, from, to, why, undoes, requestId } = move;
  if (from === to) throw new AppError("conflict", `${alias} points to v${to} already.`);
  if (from === null && (await countAliases(tx, id)) >= mostAliases) {
    throw new AppError("conflict", `${fullName} has ${mostAliases} aliases, and cannot have more.`);
  }
  const kept = await moveAliasRow(tx, { ...move, promptId: id, byId: ctx.actor.userId });
  await bumpPolicyEpoch(tx, [{ kind: "securable", id }]);
  const params = { alias, from, to, why, ...(requestId === undefined ? {} : { request: requestId }) };
  await audit(tx, ctx, undoes === undefined ? "moveAlias" : "undoAliasMove", prompt, params);
  return kept;
}

import "server-only";
import { authorize, knownPolicy } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import type { RuleRow } from "../store/rules";

export type MoveRule = Pick<RuleRow, "moverIds" | "approval">;

/** What somebody may do with an alias. */
export interface MoveRight {
  /** Move it at once. */
  move: boolean;
  /** Ask for a move. */
  request: boolean;
  /** Decide what others ask for. */
  decide: boolean;
}

/** A rule gives the right to a person; a key that was narrowed has it only where it may manage. */
function isNamed({ actor }: Context, { moverIds }: MoveRule): boolean {
  const narrowed = actor.scopes?.privileges;
  if (narrowed && !narrowed.includes("MANAGE")) return false;
  const mine = knownPolicy().closureSet(actor.userId);
  return moverIds.some((id) => mine.has(id));
}

/**
 * The rights on one alias, as of the policy known: without movers it is moved by whoever may manage the prompt, with
 * movers by them alone; where a move waits for approval nobody moves it at once.
 */
export function rightOn(ctx: Context, promptId: string, rule: MoveRule | null): MoveRight {
  const may = (question: "BROWSE" | "MODIFY" | "MANAGE") =>
    authorize(ctx.actor, question, { id: promptId }).allow;
  if (!may("BROWSE")) return { move: false, request: false, decide: false };
  const manages = may("MANAGE");
  const moves = rule && rule.moverIds.length > 0 ? isNamed(ctx, rule) : manages;
  const move = moves && !rule?.approval;
  return { move, request: !move && (moves || manages || may("MODIFY")), decide: moves || manages };
}

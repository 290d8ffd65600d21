import type { AliasRule } from "@/lib/prompts";
import { decidersWords } from "../alias-rights";

interface MoveConsequenceProps {
  alias: string;
  from: number | null;
  to: number;
  rule: AliasRule | undefined;
  mayMove: boolean;
}

/** What callers get after a move, and from when on. */
export function MoveConsequence({ alias, from, to, rule, mayMove }: MoveConsequenceProps) {
  const name = <b className="text-fg">{alias}</b>;
  if (from === to) {
    return (
      <>
        {name} stands at v{from} already. Choose another version.
      </>
    );
  }
  return (
    <>
      {!mayMove && `Nothing moves until ${rule ? decidersWords(rule) : "whoever has MANAGE"} approves. `}
      Callers that fetch {name} {mayMove ? "get" : "then get"} v{to} within 60 s
      {from === null
        ? "; now they are answered that there is no such alias."
        : `. Version ${from} stays; moving back is one click.`}
    </>
  );
}

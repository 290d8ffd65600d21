interface RuleEffectProps {
  alias: string;
  isProtected: boolean;
  movers: readonly { name: string }[];
  approval: boolean;
}

/** What a rule does to whoever wants to move an alias. */
export function RuleEffect({ alias, isProtected, movers, approval }: RuleEffectProps) {
  if (!isProtected) return <>Whoever has MANAGE on the prompt moves {alias} at once.</>;
  const who = movers.length === 0 ? "Whoever has MANAGE" : movers.map(({ name }) => name).join(", ");
  const isOne = movers.length === 1 || movers.length === 0;
  return (
    <>
      {approval
        ? `${who} may ask for a move; it is made once another mover, or somebody with MANAGE who did not ask, approves.`
        : `${who} ${isOne ? "moves" : "move"} ${alias} at once; others with MODIFY may ask for it.`}{" "}
      Undoing and removing follow the same rule.
    </>
  );
}

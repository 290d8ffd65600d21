import { Icon } from "@/components/ui/icon";
import type { AliasRule } from "@/lib/prompts";
import { decidersWords } from "../alias-rights";

interface RightLineProps {
  rule: AliasRule | undefined;
  mayMove: boolean;
}

/** Whether an alias is protected, and what that means for the reader. */
export function RightLine({ rule, mayMove }: RightLineProps) {
  if (!rule) return <>Kept in the history, where it can be taken back.</>;
  return (
    <span className="flex items-center gap-1.5 text-fg-subtle">
      <Icon name="lock" size={14} />
      {mayMove ? "Protected alias, you may move it" : `Protected alias, ${decidersWords(rule)} decides`}
    </span>
  );
}

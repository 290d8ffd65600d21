import { AliasChip } from "@/components/prompts/alias-chip";
import { Icon } from "@/components/ui/icon";
import type { PromptDetail } from "@/lib/prompts";
import { ruleOf } from "../alias-rights";
import { VersionCard } from "./version-card";

interface MoveEndsProps {
  prompt: PromptDetail;
  alias: string;
  from: number | null;
  to: number;
}

/** From which version to which an alias goes. */
export function MoveEnds({ prompt, alias, from, to }: MoveEndsProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3.5 max-sm:grid-cols-[minmax(0,1fr)]">
      <VersionCard prompt={prompt} number={from} />
      <span className="grid max-w-full justify-items-center gap-1.25 text-fg-muted">
        <AliasChip alias={alias} isProtected={ruleOf(prompt, alias) !== undefined} />
        <Icon name="arrow-right" className="max-sm:rotate-90" />
      </span>
      <VersionCard prompt={prompt} number={to} isTarget />
    </div>
  );
}

import { Badge } from "@/components/ui/badge";
import { latest } from "@/lib/prompts";

interface AliasChipProps {
  alias: string;
  /** Left out where the version stands beside it anyway. */
  version?: number | undefined;
  /** A rule says who may move it. */
  isProtected?: boolean | undefined;
  className?: string;
}

/** A name that points to a version: pinned, or locked where a rule protects it; `latest` moves by itself and is plain. */
export function AliasChip({ alias, version, isProtected, className }: AliasChipProps) {
  const moves = alias === latest;
  return (
    <Badge
      tone={moves ? "plain" : "accent"}
      icon={moves ? "history" : isProtected ? "lock" : "pin"}
      title={isProtected ? `${alias} is protected` : undefined}
      className={className}
    >
      <span>
        {alias}
        {version !== undefined && ": "}
        {version !== undefined && <b className="font-strong">v{version}</b>}
        {isProtected && <span className="sr-only">, protected</span>}
      </span>
    </Badge>
  );
}

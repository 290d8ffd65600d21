import { Badge } from "@/components/ui/badge";
import type { KeyScopes } from "@/lib/auth";

/** "SELECT, EXECUTE on 2": what a key is narrowed to. */
function words({ privileges, securables }: KeyScopes): string {
  const [first, second] = privileges ?? [];
  const more = (privileges?.length ?? 0) - 2;
  const rights = privileges
    ? [first, second].filter(Boolean).join(", ") + (more > 0 ? ` +${more}` : "")
    : "any privilege";
  if (!securables) return rights;
  return `${rights} on ${securables.length === 1 ? securables[0] : `${securables.length} securables`}`;
}

/** What a key may do at most; all of it on hover. */
export function ScopesBadge({ scopes }: { scopes: KeyScopes | null }) {
  if (!scopes) return <span className="text-fg-muted">everything of its owner</span>;
  const all = [
    scopes.privileges ? scopes.privileges.join(", ") : "Any privilege",
    scopes.securables ? `on ${scopes.securables.join(", ")}` : "on anything",
  ].join(" ");
  return (
    <Badge mono title={all} className="max-w-60">
      <span className="truncate">{words(scopes)}</span>
    </Badge>
  );
}

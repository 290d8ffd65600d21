import { Badge } from "@/components/ui/badge";

/** A name that points to a version. */
export function AliasBadge({ alias, version }: { alias: string; version?: number }) {
  return (
    <Badge tone="accent" icon="pin">
      {alias}
      {version !== undefined && <span className="text-fg-subtle">v{version}</span>}
    </Badge>
  );
}

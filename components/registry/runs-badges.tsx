import { EngineBadge } from "@/components/ui/engine-badge";
import type { ModelVersion } from "@/lib/registry";

/** The places where a version can run. */
export function RunsBadges({ runs }: { runs: ModelVersion["runs"] }) {
  return (
    <span className="flex gap-1.5">
      {runs.browser && <EngineBadge kind="browser" />}
      {runs.server && <EngineBadge kind="server" />}
      {runs.remote && <EngineBadge kind="remote" />}
    </span>
  );
}

import { Tile, type TileStatus } from "@/components/ui/tile";
import type { Approval } from "@/lib/registry";

const tiles: Record<Approval["state"], [TileStatus, string]> = {
  pending: ["partial", "waits for a decision"],
  approved: ["ready", "approved"],
  rejected: ["failed", "rejected"],
  withdrawn: ["idle", "withdrawn"],
};

/** How a request for approval stands. */
export function ApprovalState({ approval }: { approval: Pick<Approval, "state"> | undefined }) {
  const [tile, word] = approval ? tiles[approval.state] : (["idle", "not asked for"] as const);
  return (
    <span className="inline-flex items-center gap-2">
      <Tile status={tile} />
      {word}
    </span>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { GrantChanges } from "@/lib/catalog";
import { catalogKey, previewGrants } from "@/lib/catalog/client";
import { EffectView } from "./effect-view";

/** What a change of grants would do, computed on the present state. */
export function EffectPreview({ changes }: { changes: GrantChanges }) {
  const effect = useQuery({
    queryKey: [...catalogKey, "preview", changes],
    queryFn: ({ signal }) => previewGrants(changes, signal),
    retry: false,
  });
  if (effect.isPending) return <RowsSkeleton rows={2} />;
  if (effect.isError) {
    return (
      <ErrorState title="Its effect is unknown" error={effect.error} onRetry={() => void effect.refetch()} />
    );
  }
  return <EffectView effect={effect.data} />;
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { ExplainQuery } from "@/lib/catalog";
import { explainAccessQuery } from "@/lib/catalog/client";
import { AccessGraph } from "./access-graph";
import { ConditionList } from "./condition-list";
import { FixPanel } from "./fix-panel";
import { GrantersPanel } from "./granters-panel";
import { NotExplained } from "./not-explained";
import type { Reader } from "./reader";
import { Verdict } from "./verdict";

/** Yes or no, the way there as a graph and as a list, and what would change a no. */
export function OneAnswer({ query, reader }: { query: ExplainQuery; reader: Reader }) {
  const answer = useQuery(explainAccessQuery(query));
  if (answer.isPending) return <RowsSkeleton rows={6} />;
  if (answer.isError) {
    return (
      <NotExplained
        error={answer.error}
        object={query.object}
        kind={query.kind ?? "table"}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  const explanation = answer.data;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_348px]">
      <div className="min-w-0 py-4 pr-5 pl-4 max-lg:pr-4">
        <Verdict explanation={explanation} />
        {explanation.conditions.length > 0 && <AccessGraph explanation={explanation} />}
        <ConditionList explanation={explanation} />
      </div>
      <aside
        aria-label="What would change it"
        className="grid content-start gap-3.5 border-l bg-canvas p-4 max-lg:border-t max-lg:border-l-0"
      >
        {!explanation.allow && <FixPanel explanation={explanation} reader={reader} />}
        <GrantersPanel explanation={explanation} reader={reader} />
      </aside>
    </div>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { StoredKind } from "@/lib/access";
import type { PrincipalRef } from "@/lib/catalog";
import { grantsQuery, objectQuery } from "@/lib/catalog/client";
import { ChangeDialog } from "./change-dialog";
import { type Change, ChangeList } from "./change-list";
import { EffectPreview } from "./effect-preview";
import { NotExplained } from "./not-explained";
import { Panel } from "./panel";

interface WhatIfProps {
  principal: PrincipalRef;
  object: string;
  kind: StoredKind;
}

/** Who would gain or lose what if one grant came or went; nothing changes before it is confirmed. */
export function WhatIf({ principal, object, kind }: WhatIfProps) {
  const found = useQuery(objectQuery(object, kind));
  const grants = useQuery({ ...grantsQuery(found.data?.id ?? ""), enabled: found.isSuccess });
  const [change, setChange] = useState<Change>();
  const [confirming, setConfirming] = useState(false);
  const failed = found.error ?? grants.error;
  if (failed) {
    return (
      <NotExplained
        error={failed}
        object={object}
        kind={kind}
        onRetry={() => void (found.isError ? found : grants).refetch()}
      />
    );
  }
  if (!found.data || !grants.data) return <RowsSkeleton rows={6} />;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_348px]">
      <ChangeList
        object={found.data}
        grants={grants.data}
        principal={principal}
        value={change}
        onChange={setChange}
      />
      <aside
        aria-label="Its effect"
        className="grid content-start gap-3.5 border-l bg-canvas p-4 max-lg:border-t max-lg:border-l-0"
      >
        <Panel title="What would follow">
          <div className="grid gap-3 p-3">
            {change ? (
              <>
                <p>
                  {change.verb} <b className="font-mono text-small">{change.privilege}</b> on{" "}
                  <b>{change.on.fullName}</b> {change.verb === "Grant" ? "to" : "from"}{" "}
                  <b>{change.principal.name}</b>
                </p>
                <EffectPreview changes={change.changes} />
                <div>
                  <Button
                    variant={change.verb === "Grant" ? "primary" : "danger"}
                    onClick={() => setConfirming(true)}
                  >
                    {change.verb} {change.privilege}
                  </Button>
                </div>
              </>
            ) : (
              <p className="text-small text-fg-muted">
                Choose a grant to revoke, or a privilege to grant: who would gain or lose what stands here.
              </p>
            )}
          </div>
        </Panel>
      </aside>
      {change && confirming && (
        <ChangeDialog
          change={change}
          onClose={() => setConfirming(false)}
          onDone={() => {
            setConfirming(false);
            setChange(undefined);
          }}
        />
      )}
    </div>
  );
}

"use client";
import { ColumnTabs } from "./column-tabs";
import { Columns } from "./columns";
import { Comparison } from "./comparison";
import { Composer } from "./composer";
import { ConflictDialog } from "./conflict-dialog";
import { History } from "./history";
import { Parameters } from "./parameters";
import { PromptPanel } from "./prompt-panel";
import type { Session } from "./session";
import { Toolbar } from "./toolbar";
import { usePageKeys } from "./use-page-keys";
import { useRail } from "./use-rail";
import { useWarmUp } from "./use-warm-up";

interface PlaygroundProps {
  session: Session;
  onNew: () => void;
  onDeleted: (id: string) => void;
}

/** One comparison: prompt, columns, figures, follow-up. */
export function Playground({ session, onNew, onDeleted }: PlaygroundProps) {
  usePageKeys(session);
  useRail(session);
  useWarmUp(session);
  return (
    <div className="flex h-full min-h-150 flex-none flex-col max-sm:min-h-120">
      <Toolbar session={session} onNew={onNew} />
      <div className="flex min-h-0 flex-1">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <PromptPanel session={session} />
          <ColumnTabs session={session} />
          <Columns session={session} />
          <Comparison session={session} />
          <Composer session={session} />
        </div>
        <Parameters session={session} />
        <History session={session} onDeleted={onDeleted} />
      </div>
      <ConflictDialog session={session} />
    </div>
  );
}

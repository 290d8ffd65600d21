"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { pageLoaded } from "@/components/ui/page-loaded";
import { ColumnTabs } from "./column-tabs";
import { Columns } from "./columns";
import { Composer } from "./composer";
import { PromptPanel } from "./prompt-panel";
import type { Session } from "./session";
import { Toolbar } from "./toolbar";
import { Underneath } from "./underneath";
import { useKnownModels } from "./use-known-models";
import { usePageKeys } from "./use-page-keys";
import { useRail } from "./use-rail";
import { useWarmUp } from "./use-warm-up";

// What is opened by hand or by mishap is fetched then.
const History = dynamic(() => import("./history").then((module) => module.History), { ssr: false });
const Dialogs = dynamic(() => import("./dialogs").then((module) => module.Dialogs), { ssr: false });
const Parameters = dynamic(
  () =>
    pageLoaded()
      .then(() => import("./parameters"))
      .then((module) => module.Parameters),
  {
    ssr: false,
    // The rail's place, so that nothing moves when it comes.
    loading: () => <div className="hidden w-63 flex-none border-l min-[75rem]:block" />,
  },
);
const Grid = dynamic(() => import("./grid").then((module) => module.Grid), { ssr: false });
const ConflictDialog = dynamic(() => import("./conflict-dialog").then((module) => module.ConflictDialog), {
  ssr: false,
});

interface PlaygroundProps {
  session: Session;
  onNew: () => void;
  onDeleted: (id: string) => void;
}

/** One comparison: prompt, columns, figures, follow-up. */
export function Playground({ session, onNew, onDeleted }: PlaygroundProps) {
  usePageKeys(session);
  useRail(session);
  useKnownModels(session);
  useWarmUp(session);
  const history = useStore(session.view, ({ rail }) => rail === "history");
  const layout = useStore(session.view, (state) => state.layout);
  const conflict = useStore(session.workspace.store, ({ save }) => save.kind === "conflict");
  return (
    <div className="flex h-full min-h-150 flex-none flex-col max-sm:min-h-120">
      <Toolbar session={session} onNew={onNew} />
      <div className="flex min-h-0 flex-1">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <PromptPanel session={session} />
          {layout === "grid" ? (
            <Grid session={session} />
          ) : (
            <>
              <ColumnTabs session={session} />
              <Columns session={session} />
              <Underneath session={session} />
              <Composer session={session} />
            </>
          )}
        </div>
        <Parameters session={session} />
        {history && <History session={session} onDeleted={onDeleted} />}
      </div>
      <Dialogs session={session} />
      {conflict && <ConflictDialog session={session} />}
    </div>
  );
}

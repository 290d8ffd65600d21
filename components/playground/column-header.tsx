"use client";
import { useStore } from "zustand";
import { Badge } from "@/components/ui/badge";
import { EngineBadge } from "@/components/ui/engine-badge";
import { IconButton } from "@/components/ui/icon-button";
import type { PlaygroundColumn } from "@/lib/playground";
import { formatModelRef } from "@/lib/playground/client";
import { useLastAnswer } from "./column-figures";
import { ColumnMenu } from "./column-menu";
import { nameParts } from "./figures";
import { ModelPicker } from "./model-picker";
import type { Session } from "./session";
import { Slot } from "./slot";
import { useChoices } from "./use-choices";

interface ColumnHeaderProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** Letter, model and engine of a column, and what can be done with it. */
export function ColumnHeader({ session, column, letter }: ColumnHeaderProps) {
  const { choices, isComplete } = useChoices();
  const known = !isComplete || choices.some(({ key }) => key === formatModelRef(column));
  const openParameters = () => session.view.setState({ rail: "parameters", segment: column.id });
  return (
    <header className="flex h-10 flex-none items-center gap-1.5 border-b pr-1.5 pl-3.5 pointer-coarse:h-11">
      <Slot letter={letter} />
      <h2 className="flex min-w-0 items-center">
        <ModelPicker session={session} column={column} letter={letter} />
      </h2>
      {known ? (
        <Engine session={session} column={column} />
      ) : (
        <Badge tone="warn" title={`There is no model ${column.model} here. Choose another.`}>
          unknown
        </Badge>
      )}
      <span className="ml-auto" />
      <IconButton
        icon="sliders"
        size="sm"
        label={`Parameters of column ${letter}`}
        onClick={openParameters}
        className="@max-[17rem]:hidden"
      />
      <ColumnMenu session={session} column={column} letter={letter} />
    </header>
  );
}

/** Where the last answer ran, once it is known; the place alone before. */
function Engine({ session, column }: { session: Session; column: PlaygroundColumn }) {
  const last = useLastAnswer(session, column.id);
  const live = useStore(session.workspace.column(column.id), (state) => state.live?.engine);
  const ran = live ?? last?.answer.engine;
  const device = ran?.kind === column.engine && ran.device ? ran.device : undefined;
  const fallback = useStore(session.workspace.column(column.id), (state) => state.live?.engine.fallback);
  return (
    <EngineBadge kind={column.engine} device={device ?? nameParts(column).connection} fallback={fallback} />
  );
}

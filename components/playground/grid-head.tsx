"use client";
import { useStore } from "zustand";
import { EngineBadge } from "@/components/ui/engine-badge";
import { IconButton } from "@/components/ui/icon-button";
import { ColumnMenu } from "./column-menu";
import { letters, nameParts } from "./figures";
import { ModelPicker } from "./model-picker";
import type { Session } from "./session";
import { Slot } from "./slot";
import type { GridRun } from "./use-grid-run";

interface GridHeadProps {
  session: Session;
  inputs: readonly string[];
  run: GridRun;
}

const cell =
  "sticky top-0 z-(--layer-sticky) border-r border-b bg-canvas px-2.5 text-left align-middle font-regular";

/** The inputs' names and the variants, each with a run of its whole column. */
export function GridHead({ session, inputs, run }: GridHeadProps) {
  const { columns, rows } = useStore(session.workspace.store);
  return (
    <thead>
      <tr className="h-10">
        <th scope="col" className={`${cell} w-14`}>
          <span className="sr-only">Row</span>
        </th>
        {inputs.map((name) => (
          <th key={name} scope="col" className={`${cell} min-w-44 font-mono text-micro text-fg-subtle`}>
            {name}
          </th>
        ))}
        {columns.map((column, index) => {
          const letter = letters[index] ?? "?";
          return (
            <th key={column.id} scope="col" className={`${cell} min-w-64`}>
              <span className="flex items-center gap-1.5">
                <Slot letter={letter} />
                <ModelPicker session={session} column={column} letter={letter} />
                <EngineBadge kind={column.engine} device={nameParts(column).connection} />
                <span className="ml-auto flex">
                  <IconButton
                    icon="play"
                    size="sm"
                    label={`Run column ${letter}`}
                    disabledReason={run.reason}
                    onClick={() =>
                      run.start(
                        rows.map(({ id }) => id),
                        [column.id],
                      )
                    }
                  />
                  <ColumnMenu session={session} column={column} letter={letter} />
                </span>
              </span>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

"use client";
import { memo } from "react";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { missingInRow, type RowHead, removeRows, setCell } from "@/lib/playground/client";
import { letters } from "./figures";
import { GridCell } from "./grid-cell";
import type { Session } from "./session";
import type { GridRun } from "./use-grid-run";

interface GridRowProps {
  session: Session;
  row: RowHead;
  index: number;
  inputs: readonly string[];
  run: GridRun;
}

/** One input and the answer of every column to it. What is typed in one row renders no other. */
export const GridRow = memo(function GridRow({ session, row, index, inputs, run }: GridRowProps) {
  const { workspace } = session;
  const columns = useStore(workspace.store, (state) => state.columns);
  const missing = useStore(workspace.store, (state) => missingInRow(state, row).join(" and "));
  const reason = missing ? `Needs ${missing}` : run.reason;
  const number = index + 1;
  const remove = () => {
    const undo = removeRows(workspace, [row.id]);
    toast({ message: `Removed row ${number}`, action: { label: "Undo", onAction: undo } });
  };
  return (
    <tr className="group align-top">
      <th scope="row" className="border-r border-b px-1.5 pt-1.5 text-left font-regular text-fg-subtle">
        <span className="grid justify-items-center">
          <span className="leading-5">{number}</span>
          <IconButton
            icon="play"
            size="sm"
            label={`Run row ${number}`}
            disabledReason={reason}
            onClick={() => run.start([row.id])}
          />
          <IconButton
            icon="trash"
            size="sm"
            label={`Remove row ${number}`}
            onClick={remove}
            className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
          />
        </span>
      </th>
      {inputs.map((name) => (
        <td key={name} className="border-r border-b p-0">
          <Textarea
            bare
            rows={1}
            aria-label={`${name}, row ${number}`}
            value={row.values[name] ?? ""}
            onChange={(event) => setCell(workspace, row.id, name, event.target.value)}
            className="max-h-40 min-h-22 overflow-y-auto px-2.5 py-2 focus-visible:-outline-offset-2!"
          />
        </td>
      ))}
      {columns.map((column, at) => (
        <GridCell
          key={column.id}
          session={session}
          row={row}
          number={number}
          column={column}
          letter={letters[at] ?? "?"}
          reason={reason}
          onRun={() => run.start([row.id], [column.id])}
        />
      ))}
    </tr>
  );
});

"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { Note } from "@/components/ui/note";
import { Segment } from "@/components/ui/segment";
import { applyToAll, promptsOf } from "@/lib/playground/client";
import { Asking } from "./asking";
import { ColumnSystem } from "./column-system";
import { letters } from "./figures";
import { ParameterField } from "./parameter-field";
import { numberParameters } from "./parameter-list";
import { SeedField } from "./seed-field";
import type { Session } from "./session";
import { StopField } from "./stop-field";
import { useHidden } from "./use-hidden";
import { useShownColumns } from "./use-shown-columns";

// Not needed before a prompt of the library is loaded.
const StoredNote = dynamic(() => import("./prompts/stored-note").then((module) => module.StoredNote), {
  ssr: false,
});

/** Sampling parameters and what else is asked, for all columns or for one. */
export function Parameters({ session }: { session: Session }) {
  const { workspace, view } = session;
  // Which column is which stays hidden with their names.
  const hidden = useHidden(session);
  const shown = useShownColumns(session);
  const columns = hidden ? [] : shown;
  const { rail, segment } = useStore(view);
  const hasPrompts = useStore(workspace.store, (state) => promptsOf(state).length > 0);
  const index = columns.findIndex(({ id }) => id === segment);
  const column = columns[index];
  const current = column?.id ?? "all";
  const options = [
    { value: "all", label: "All" },
    ...columns.map(({ id }, at) => ({ value: id, label: letters[at] ?? "?" })),
  ];
  const setsOwn =
    column &&
    (Object.keys(column.parameters).length > 0 || column.system !== undefined || column.prompt !== undefined);
  return (
    <Drawer open={rail === "parameters"} onClose={() => view.setState({ rail: null })} title="Parameters">
      <div className="flex min-h-full flex-col">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2.75 p-3.5">
          <Segment
            label="Parameters of"
            stretch
            value={current}
            onChange={(value) => view.setState({ segment: value })}
            options={options}
          />
          {column && (
            <>
              <ColumnSystem session={session} column={column} letter={letters[index] ?? "?"} />
              {setsOwn && (
                <Button size="sm" icon="check" onClick={() => applyToAll(workspace, column.id)}>
                  Apply to all columns
                </Button>
              )}
            </>
          )}
          {hasPrompts && <StoredNote session={session} column={column} />}
          {numberParameters.map((parameter) => (
            <ParameterField key={parameter.name} session={session} segment={current} parameter={parameter} />
          ))}
          <div className="grid grid-cols-2 items-start gap-2.5">
            <SeedField session={session} segment={current} />
            <StopField session={session} segment={current} />
          </div>
          {!column && <Asking session={session} />}
        </div>
        <Note className="mx-3.5 mt-auto mb-3.5">
          {column
            ? "Grey values come from All. A value set here holds for this column alone."
            : "A blank value is not sent; the model's own default holds."}
        </Note>
      </div>
    </Drawer>
  );
}

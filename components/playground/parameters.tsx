"use client";
import { useStore } from "zustand";
import { Drawer } from "@/components/ui/drawer";
import { Note } from "@/components/ui/note";
import { Segment } from "@/components/ui/segment";
import { letters } from "./figures";
import { ParameterField } from "./parameter-field";
import { numberParameters } from "./parameter-list";
import { SeedField } from "./seed-field";
import type { Session } from "./session";
import { StopField } from "./stop-field";

/** Sampling parameters, for all columns or for one. */
export function Parameters({ session }: { session: Session }) {
  const columns = useStore(session.workspace.store, (state) => state.columns);
  const { rail, segment } = useStore(session.view);
  const current = columns.some(({ id }) => id === segment) ? segment : "all";
  const options = [
    { value: "all", label: "All" },
    ...columns.map(({ id }, index) => ({ value: id, label: letters[index] ?? "?" })),
  ];
  return (
    <Drawer
      open={rail === "parameters"}
      onClose={() => session.view.setState({ rail: null })}
      title="Parameters"
    >
      <div className="flex min-h-full flex-col">
        <div className="grid gap-2.75 p-3.5">
          <Segment
            label="Parameters of"
            stretch
            value={current}
            onChange={(value) => session.view.setState({ segment: value })}
            options={options}
          />
          {numberParameters.map((parameter) => (
            <ParameterField key={parameter.name} session={session} segment={current} parameter={parameter} />
          ))}
          <div className="grid grid-cols-2 gap-2.5">
            <SeedField session={session} segment={current} />
            <StopField session={session} segment={current} />
          </div>
        </div>
        <Note className="mx-3.5 mt-auto mb-3.5">
          {current === "all"
            ? "A blank value is not sent; the model's own default holds."
            : "Grey values come from All. A value set here holds for this column alone."}
        </Note>
      </div>
    </Drawer>
  );
}

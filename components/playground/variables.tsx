"use client";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { inputsOf, setValue, variablesOf } from "@/lib/playground/client";
import { count } from "./figures";
import type { Session } from "./session";
import { VariableField } from "./variable-field";

/** A form of the prompt's variables, filled by hand or from a pasted row. */
export function Variables({ session }: { session: Session }) {
  const state = useStore(session.workspace.store);
  const names = variablesOf(state);
  return (
    <>
      <div className="flex min-h-10 flex-none items-center gap-2 px-4 pt-1">
        <h2>Variables</h2>
        <span className="ml-auto" />
        <RowMenu session={session} />
      </div>
      <div className="grid min-h-0 grid-cols-2 gap-x-2.5 gap-y-2 overflow-y-auto px-4 pt-0.5 pb-3 max-sm:grid-cols-1">
        {names.map((name) => (
          <VariableField key={name} session={session} name={name} />
        ))}
      </div>
    </>
  );
}

const shownRows = 30;

/** Which of the pasted rows fills the form. */
function RowMenu({ session }: { session: Session }) {
  const { workspace, view } = session;
  const state = useStore(workspace.store);
  const names = inputsOf(state);
  const paste: MenuItem = {
    label: "Paste rows…",
    icon: "copy",
    onSelect: () => view.setState({ dialog: "rows" }),
  };
  if (state.rows.length === 0) {
    return (
      <Button variant="ghost" size="sm" icon="table" onClick={paste.onSelect}>
        Paste rows
      </Button>
    );
  }
  const at = state.rows.findIndex((row) => names.every((name) => row.values[name] === state.values[name]));
  const items = state.rows.slice(0, shownRows).map(
    (row, index): MenuItem => ({
      label: `Row ${index + 1}`,
      detail: names
        .map((name) => row.values[name] ?? "")
        .join(", ")
        .slice(0, 40),
      checked: index === at,
      onSelect: () => {
        for (const name of names) setValue(workspace, name, row.values[name] ?? "");
      },
    }),
  );
  const more = state.rows.length - items.length;
  if (more > 0)
    items.push({
      label: `${count(more)} more in the grid`,
      icon: "table",
      onSelect: () => view.setState({ layout: "grid" }),
    });
  return (
    <Menu
      items={[...items, { ...paste, separated: true }]}
      trigger={
        <Button variant="ghost" size="sm" icon="table" iconAfter="chevron-down">
          {at < 0 ? `${count(state.rows.length)} rows` : `Row ${at + 1} of ${count(state.rows.length)}`}
        </Button>
      }
    />
  );
}

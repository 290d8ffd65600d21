"use client";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { addRows, inputsOf, parseRows, setValue } from "@/lib/playground/client";
import { count } from "./figures";
import type { Session } from "./session";

const previewed = 5;

/** Rows copied from a spreadsheet or a CSV file become inputs of the grid and values of the form. */
export function RowsDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { workspace } = session;
  const names = inputsOf(useStore(workspace.store));
  const [text, setText] = useState("");
  const rows = parseRows(text, names);
  const add = () => {
    const [first] = rows;
    if (!first) return;
    const left = addRows(workspace, rows);
    for (const [name, value] of Object.entries(first)) setValue(workspace, name, value);
    toast(
      left === 0
        ? `Added ${count(rows.length)} row${rows.length === 1 ? "" : "s"}.`
        : `Added ${count(rows.length - left)} rows. ${count(left)} were left out: the grid is full.`,
    );
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Paste rows"
      onSubmit={add}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            The first row fills the variables; all of them are inputs of the grid.
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            disabledReason={rows.length === 0 ? "Nothing to add yet" : undefined}
          >
            Add {rows.length === 1 ? "1 row" : `${count(rows.length)} rows`}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field
          label="Rows"
          hint={`From a spreadsheet or CSV. Columns: ${names.join(", ")}; a first line with these names may put them in another order.`}
        >
          <Textarea
            mono
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="max-h-60 min-h-34! overflow-y-auto"
          />
        </Field>
        {rows.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          <section aria-label="Preview" tabIndex={0} className="overflow-x-auto">
            <table className="w-full text-small">
              <thead>
                <tr>
                  {names.map((name) => (
                    <th
                      key={name}
                      className="border-b px-2 py-1 text-left font-mono text-micro font-regular text-fg-subtle"
                    >
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, previewed).map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview have no other name.
                  <tr key={index}>
                    {names.map((name) => (
                      <td key={name} className="max-w-60 truncate border-b px-2 py-1">
                        {row[name] ?? <span className="text-fg-subtle">none</span>}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </Dialog>
  );
}

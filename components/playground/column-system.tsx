"use client";
import { useStore } from "zustand";
import { Field } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import type { PlaygroundColumn } from "@/lib/playground";
import { promptOf, setColumnSystem, sourceName } from "@/lib/playground/client";
import type { Session } from "./session";

interface ColumnSystemProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** A system prompt of a column's own in place of the one for all. */
export function ColumnSystem({ session, column, letter }: ColumnSystemProps) {
  const { workspace } = session;
  const system = useStore(workspace.store, (state) => state.system);
  const own = column.system !== undefined;
  const prompt = useStore(workspace.store, (state) => promptOf(state, column));
  if (prompt)
    return (
      <p className="text-small text-fg-subtle">Asked by {sourceName(prompt)}, system prompt included.</p>
    );
  return (
    <div className="grid gap-1.5">
      <Switch checked={own} onChange={(on) => setColumnSystem(workspace, column.id, on ? system : undefined)}>
        Own system prompt
      </Switch>
      {own && (
        <Field label={`System prompt of ${letter}`} hideLabel>
          <Textarea
            rows={3}
            placeholder="None is sent"
            value={column.system ?? ""}
            onChange={(event) => setColumnSystem(workspace, column.id, event.target.value)}
            className="max-h-48 overflow-y-auto"
          />
        </Field>
      )}
    </div>
  );
}

"use client";
import type { ComboboxEntry } from "@/components/ui/combobox";
import { ComboboxButton } from "@/components/ui/combobox-button";
import { Icon } from "@/components/ui/icon";
import type { PlaygroundColumn } from "@/lib/playground";
import { formatModelRef, type ModelChoice, setModel } from "@/lib/playground/client";
import { ChoiceCard } from "./choice-card";
import { nameParts } from "./figures";
import type { Session } from "./session";
import { useChoices } from "./use-choices";

const groups = { browser: "In this browser", server: "On this server", remote: "Connections" };

export function entriesOf(choices: ModelChoice[]): ComboboxEntry[] {
  return choices.map((choice) => ({
    value: choice.key,
    label: choice.model,
    icon: choice.engine,
    detail: choice.brief,
    disabledReason: choice.unavailable,
    group: choice.version ? "Aliases of the registry" : groups[choice.engine],
  }));
}

interface ModelPickerProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** The name of a column's model; pressing it opens every model in every place. */
export function ModelPicker({ session, column, letter }: ModelPickerProps) {
  const { choices } = useChoices();
  return (
    <ComboboxButton
      label={`Model of column ${letter}`}
      placeholder="Find a model"
      empty="No model of that name. An administrator can add one under Models or Connections."
      value={formatModelRef(column)}
      entries={entriesOf(choices)}
      about={(key) => {
        const choice = choices.find((candidate) => candidate.key === key);
        return choice && <ChoiceCard choice={choice} />;
      }}
      onChange={(key) => {
        const choice = choices.find((candidate) => candidate.key === key);
        if (choice) setModel(session.workspace, column.id, choice);
      }}
      trigger={
        <button
          type="button"
          title={column.model}
          className="flex h-6.5 min-w-0 items-center gap-1 rounded-1 px-1 hover:bg-hover data-[state=open]:bg-press pointer-coarse:h-10"
        >
          <b className="truncate">{nameParts(column).name}</b>
          <Icon name="chevron-down" size={12} className="text-fg-subtle" />
          <span className="sr-only">, choose the model of column {letter}</span>
        </button>
      }
    />
  );
}

"use client";
import { Combobox } from "@/components/ui/combobox";
import type { ServedModel } from "@/lib/gateway";
import { taskWords } from "./words";

interface ServedPickerProps {
  models: readonly ServedModel[];
  value: string;
  onChange: (servedAs: string) => void;
}

const groups = { server: "On this server", remote: "Connections" };

/** One of the models that calls reach now, with its licence. */
export function ServedPicker({ models, value, onChange }: ServedPickerProps) {
  return (
    <Combobox
      placeholder="Find a model"
      empty="No model of that name can be called."
      value={value || undefined}
      onChange={onChange}
      entries={models.map(({ id, engine, task, license }) => ({
        value: id,
        label: id,
        icon: engine,
        group: groups[engine],
        detail: `${taskWords[task]}, ${license && license !== "unknown" ? license : "licence unknown"}`,
      }))}
    />
  );
}

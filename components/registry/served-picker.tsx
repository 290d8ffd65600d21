"use client";
import { DeprecationLine } from "@/components/models/deprecation-line";
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
      about={(id) => {
        const deprecation = models.find((model) => model.id === id)?.deprecation;
        return deprecation && <DeprecationLine deprecation={deprecation} />;
      }}
      entries={models.map(({ id, engine, task, license, deprecation }) => ({
        value: id,
        label: id,
        icon: engine,
        group: groups[engine],
        detail: deprecation?.isInForce
          ? "deprecated"
          : `${taskWords[task]}, ${license && license !== "unknown" ? license : "licence unknown"}`,
      }))}
    />
  );
}

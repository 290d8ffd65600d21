"use client";
import { DeprecationLine } from "@/components/models/deprecation-line";
import { Combobox } from "@/components/ui/combobox";
import { useChatModels } from "./use-chat-models";

interface ModelFieldProps {
  value: string | null;
  onChange: (model: string) => void;
}

const groups = { server: "On this server", remote: "Connections" };

/** A model by the name that calls use, or an alias of the registry; one that is not here stays as it is written. */
export function ModelField({ value, onChange }: ModelFieldProps) {
  const { models, isPending } = useChatModels();
  const isKnown = value === null || models.some(({ id }) => id === value);
  return (
    <Combobox
      value={value ?? undefined}
      onChange={onChange}
      placeholder="The caller chooses"
      empty={isPending ? "Reading the models…" : "No model of that name"}
      about={(id) => {
        const deprecation = models.find((model) => model.id === id)?.deprecation;
        return deprecation && <DeprecationLine deprecation={deprecation} />;
      }}
      entries={[
        ...(isKnown || isPending
          ? []
          : [{ value, label: value, detail: "not on this workbench, or not for you" }]),
        ...models.map(({ id, engine, version, deprecation }) => ({
          value: id,
          label: id,
          icon: engine,
          detail: deprecation?.isInForce ? "deprecated" : version ? `v${version.number} now` : undefined,
          group: version ? "Aliases of the registry" : groups[engine],
        })),
      ]}
    />
  );
}

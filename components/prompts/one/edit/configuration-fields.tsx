"use client";
import { numberParameters } from "@/components/playground/parameter-list";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import type { ChatParameters } from "@/lib/inference";
import type { PromptContent } from "@/lib/prompts";
import { ModelField } from "./model-field";
import { NumberField } from "./number-field";
import { StopList } from "./stop-list";

interface ConfigurationFieldsProps {
  content: PromptContent;
  onChange: (content: PromptContent) => void;
}

const seed = { least: -Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER, step: 1 };

/** The model a prompt is meant for and what is sent along; blank leaves it to the model or the caller. */
export function ConfigurationFields({ content, onChange }: ConfigurationFieldsProps) {
  const { model, parameters } = content;
  const set = <K extends keyof ChatParameters>(name: K, value: ChatParameters[K] | undefined) => {
    const { [name]: _, ...rest } = parameters;
    onChange({ ...content, parameters: value === undefined ? rest : { ...rest, [name]: value } });
  };
  return (
    <div className="grid gap-3">
      <div className="flex items-end gap-1.5">
        <Field label="Model" className="min-w-0 flex-1">
          <ModelField value={model} onChange={(next) => onChange({ ...content, model: next })} />
        </Field>
        <IconButton
          icon="close"
          label="Name no model"
          disabledReason={model === null ? "No model is named; the caller chooses" : undefined}
          onClick={() => onChange({ ...content, model: null })}
        />
      </div>
      <div className="grid grid-cols-2 items-start gap-2.5 lg:grid-cols-4">
        {numberParameters.map((parameter) => (
          <NumberField
            key={parameter.name}
            label={parameter.label}
            title={parameter.hint}
            range={parameter}
            value={parameters[parameter.name]}
            onChange={(value) => set(parameter.name, value)}
          />
        ))}
        <NumberField
          label="Seed"
          title="The same one gives the same answer where the engine can."
          range={seed}
          value={parameters.seed}
          onChange={(value) => set("seed", value)}
        />
      </div>
      <StopList
        value={parameters.stop ?? []}
        onChange={(stop) => set("stop", stop.length > 0 ? stop : undefined)}
      />
    </div>
  );
}

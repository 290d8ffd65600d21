"use client";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { useForm } from "@/components/ui/use-form";
import type { ModelVersion, RegisteredModel } from "@/lib/registry";
import { recordMetrics } from "@/lib/registry/client";
import { metricText } from "./metric-text";
import { useChanged } from "./use-changed";
import { metricWord } from "./words";

interface RecordMetricDialogProps {
  model: RegisteredModel;
  version: ModelVersion;
  onClose: () => void;
}

/** Keeps a figure that somebody measured of a version. */
export function RecordMetricDialog({ model, version, onClose }: RecordMetricDialogProps) {
  const changed = useChanged(onClose);
  const fields = useForm({
    schema: metricText,
    initial: { name: "", value: "", low: "", high: "", count: "", source: "" },
    send: ({ source, ...metric }) => recordMetrics(model.id, version.number, { source, metrics: [metric] }),
    onDone: () => changed(`${fields.values.name.trim()} is recorded for v${version.number}.`),
  });
  const { values, set, errorOf } = fields;
  const before = version.metrics.find(({ name }) => name === values.name.trim());
  const figure = (field: "value" | "low" | "high" | "count", label: string, placeholder: string) => (
    <Field label={label} error={errorOf(field)}>
      <Input
        inputMode="decimal"
        value={values[field]}
        placeholder={placeholder}
        onChange={(event) => set(field, event.target.value)}
      />
    </Field>
  );
  return (
    <FormDialog
      title={`Record a figure of v${version.number}`}
      subtitle={model.name}
      form={fields}
      verb="Record figure"
      consequence={
        before
          ? `Replaces ${metricWord(before.value)} from ${before.source}.`
          : "Kept with your name and the date."
      }
      onClose={onClose}
    >
      <Field label="Name" error={errorOf("name")}>
        <Input
          mono
          autoFocus
          list="known-metrics"
          className="[&::-webkit-calendar-picker-indicator]:hidden!"
          value={values.name}
          placeholder="accuracy"
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
      <datalist id="known-metrics">
        {[...new Set(model.versions.flatMap(({ metrics }) => metrics.map(({ name }) => name)))].map(
          (name) => (
            <option key={name} value={name} />
          ),
        )}
      </datalist>
      <div className="grid grid-cols-2 gap-3">
        {figure("value", "Value", "0.81")}
        {figure("count", "Rows measured", "unknown")}
        {figure("low", "95 % interval from", "not measured")}
        {figure("high", "95 % interval to", "not measured")}
      </div>
      <Field label="Source" hint="What measured it, and on what." error={errorOf("source")}>
        <Input
          value={values.source}
          placeholder="Evaluation of 21 Nov on 300 tickets"
          onChange={(event) => set("source", event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}

"use client";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { VariableType } from "@/lib/prompts";

interface ValueFieldProps {
  type: VariableType;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}

/** A value of a variable, by its type. */
export function ValueField({ type, value, onChange, placeholder }: ValueFieldProps) {
  if (type.type === "choice" || type.type === "boolean") {
    const options = type.type === "choice" ? type.options : ["true", "false"];
    return (
      <Select
        value={options.includes(value) ? value : undefined}
        placeholder={placeholder ?? "Choose"}
        options={options.map((option) => ({ value: option, label: option }))}
        onChange={onChange}
      />
    );
  }
  if (type.type === "number")
    return (
      <Input
        mono
        inputMode="decimal"
        value={value}
        placeholder={placeholder}
        onChange={({ target }) => onChange(target.value)}
      />
    );
  return (
    <Textarea
      rows={1}
      value={value}
      placeholder={placeholder}
      onChange={({ target }) => onChange(target.value)}
      className="max-h-40 min-h-(--h-control)! resize-none overflow-y-auto py-1!"
    />
  );
}

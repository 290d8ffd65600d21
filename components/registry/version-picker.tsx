"use client";
import { Select } from "@/components/ui/select";
import type { ModelVersion } from "@/lib/registry";
import { unfitWords } from "./words";

interface VersionPickerProps {
  label: string;
  versions: readonly ModelVersion[];
  value: number | undefined;
  /** An alias is pointed to the one that is chosen: those that none may mean say why. */
  forAlias?: boolean;
  onChange: (number: number) => void;
}

/** One version of a model, with the aliases that point to it. */
export function VersionPicker({ label, versions, value, forAlias = false, onChange }: VersionPickerProps) {
  return (
    <Select
      label={label}
      className="w-55! max-sm:w-full!"
      value={value === undefined ? undefined : String(value)}
      placeholder="Choose a version"
      onChange={(next) => onChange(Number(next))}
      options={versions.map(({ number, aliases, servedAs, unfit }) => ({
        value: String(number),
        label: `v${number}`,
        detail: aliases.length > 0 ? aliases.join(", ") : servedAs,
        ...(forAlias && unfit ? { disabledReason: unfitWords[unfit.kind] } : {}),
      }))}
    />
  );
}

"use client";
import type { ComponentProps, ReactNode } from "react";
import { PickerButton } from "@/components/access/picker-button";
import { Combobox, type ComboboxEntry } from "@/components/ui/combobox";
import { IconButton } from "@/components/ui/icon-button";

interface FilterPickerProps {
  /** What is chosen: "schema". */
  noun: string;
  /** Shown while nothing is chosen: "All schemas". */
  all: string;
  value: string | undefined;
  /** What to type. */
  hint: string;
  /** How the chosen one is called. */
  name: string | undefined;
  onChange: (value: string | undefined) => void;
  entries: readonly ComboboxEntry[];
  empty: ReactNode;
  onQuery: (typed: string) => void;
  /** Called when a hand comes near, so that what can be chosen is read only then. */
  onNear?: () => void;
}

/** One condition of the list, chosen by typing; the cross takes it away. */
export function FilterPicker({ noun, all, value, name, hint, onChange, onNear, ...rest }: FilterPickerProps) {
  const near: Partial<ComponentProps<"button">> = {
    onPointerEnter: onNear,
    onFocus: onNear,
  };
  return (
    <span className="flex min-w-0 items-center gap-0.5 max-sm:flex-1">
      <Combobox
        {...rest}
        label={`Choose the ${noun}`}
        placeholder={hint}
        value={value}
        onChange={onChange}
        trigger={
          <PickerButton label={`the ${noun}`} className="max-w-56! max-sm:min-w-25 max-sm:flex-1" {...near}>
            {value === undefined ? (
              <span className="truncate text-fg-muted">{all}</span>
            ) : (
              <span className="truncate">{name ?? value}</span>
            )}
          </PickerButton>
        }
      />
      {value !== undefined && (
        <IconButton icon="close" size="sm" label={all} onClick={() => onChange(undefined)} />
      )}
    </span>
  );
}

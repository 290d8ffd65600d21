"use client";
import { Checkbox } from "@/components/ui/checkbox";

interface RowCheckboxProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Chooses a row; its name is read, the row itself shows it. */
export function RowCheckbox({ label, checked, onChange }: RowCheckboxProps) {
  return (
    <Checkbox checked={checked} onChange={onChange}>
      <span className="sr-only">{label}</span>
    </Checkbox>
  );
}

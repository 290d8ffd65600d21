"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface Range {
  least: number;
  most: number;
  step: number;
}

interface NumberFieldProps {
  label: string;
  title: string;
  range: Range;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

/** A number that is sent or, when blank, not sent; what cannot be sent stays in sight with what to type. */
export function NumberField({ label, title, range, value, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>();
  const kept = value === undefined ? "" : String(value);
  const text = typed ?? kept;
  const problem = typed === undefined ? undefined : problemOf(typed, range);
  return (
    <Field label={<span title={title}>{label}</span>} error={problem}>
      <Input
        mono
        inputMode="decimal"
        placeholder="not sent"
        className="placeholder:font-sans"
        value={text}
        onChange={({ target }) => {
          setTyped(target.value);
          if (problemOf(target.value, range) === undefined) onChange(meaning(target.value));
        }}
        // Kept values are written in one way; what could not be kept stays with its problem.
        onBlur={() => problem === undefined && setTyped(undefined)}
      />
    </Field>
  );
}

/** Undefined for a blank. */
function meaning(text: string): number | undefined {
  const plain = text.trim().replace(",", ".").replace("\u2212", "-");
  return plain === "" ? undefined : Number(plain);
}

function problemOf(text: string, { least, most, step }: Range): string | undefined {
  const value = meaning(text);
  if (value === undefined) return undefined;
  const isWhole = Number.isInteger(step);
  if (!Number.isFinite(value) || (isWhole && !Number.isInteger(value)))
    return isWhole ? "A whole number" : "A number";
  if (value < least || value > most) return `${least} to ${most.toLocaleString("en-US")}`;
  return undefined;
}

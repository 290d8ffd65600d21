"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useParameter } from "./parameter-value";
import type { Session } from "./session";

interface SeedFieldProps {
  session: Session;
  segment: string;
}

/** The seed: the same one gives the same answer where the engine can. */
export function SeedField({ session, segment }: SeedFieldProps) {
  const { value, set } = useParameter(session, segment, "seed");
  return <Seed key={`${segment}.${value}`} value={value} onChange={set} />;
}

function Seed({ value, onChange }: { value: number | undefined; onChange: (value?: number) => void }) {
  const [text, setText] = useState(value === undefined ? "" : String(value));
  const typed = Number(text.trim());
  const wrong = text.trim() !== "" && !Number.isSafeInteger(typed);
  return (
    <Field label="Seed" error={wrong ? "A whole number" : undefined}>
      <Input
        mono
        className="placeholder:font-sans"
        inputMode="numeric"
        placeholder="not sent"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => !wrong && onChange(text.trim() === "" ? undefined : typed)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !wrong) onChange(text.trim() === "" ? undefined : typed);
        }}
      />
    </Field>
  );
}

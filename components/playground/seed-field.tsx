"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { useParameter } from "./parameter-value";
import type { Session } from "./session";

interface SeedFieldProps {
  session: Session;
  segment: string;
}

/** The seed: the same one gives the same answer where the engine can. The lock draws one and keeps it. */
export function SeedField({ session, segment }: SeedFieldProps) {
  const { value, set } = useParameter(session, segment, "seed");
  return <Seed key={`${segment}.${value}`} value={value} onChange={set} />;
}

const mostDrawn = 1_000_000;

function Seed({ value, onChange }: { value: number | undefined; onChange: (value?: number) => void }) {
  const [text, setText] = useState(value === undefined ? "" : String(value));
  const typed = Number(text.trim());
  const wrong = text.trim() !== "" && !Number.isSafeInteger(typed);
  const locked = value !== undefined;
  const keep = () => !wrong && onChange(text.trim() === "" ? undefined : typed);
  return (
    <div className="relative">
      <Field label="Seed" error={wrong ? "A whole number" : undefined}>
        <Input
          mono
          className="placeholder:font-sans"
          inputMode="numeric"
          placeholder="not sent"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === "Enter" && keep()}
        />
      </Field>
      <IconButton
        icon={locked ? "close" : "lock"}
        size="sm"
        label={locked ? "Unlock the seed: send none" : "Lock a seed, so that runs can be repeated"}
        onClick={() => onChange(locked ? undefined : Math.floor(Math.random() * mostDrawn))}
        className="absolute -top-1 right-0"
      />
    </div>
  );
}

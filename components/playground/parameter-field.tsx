"use client";
import { useState } from "react";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Slider } from "@/components/ui/slider";
import { type NumberParameter, showNumber, takeNumber } from "./parameter-list";
import { useParameter } from "./parameter-value";
import type { Session } from "./session";

interface ParameterFieldProps {
  session: Session;
  segment: string;
  parameter: NumberParameter;
}

/** A number that is sent or not: slider, exact value, and a way back to blank. */
export function ParameterField({ session, segment, parameter }: ParameterFieldProps) {
  const { value, source, set, reset } = useParameter(session, segment, parameter.name);
  const inherited = segment !== "all" && source === "all";
  return (
    <div className="group relative">
      <Field label={<span title={parameter.hint}>{parameter.label}</span>}>
        <Slider value={value} onChange={set} min={parameter.min} max={parameter.max} step={parameter.step} />
      </Field>
      <span className="absolute top-0 right-0 flex items-center gap-0.5">
        {reset ? (
          <Clear label={`${parameter.label}: take the value for all`} icon="again" onClick={reset} />
        ) : (
          value !== undefined && (
            <Clear label={`${parameter.label}: do not send`} icon="close" onClick={() => set(undefined)} />
          )
        )}
        <Exact
          key={`${segment}.${value}`}
          parameter={parameter}
          value={value}
          quiet={inherited}
          onChange={set}
        />
      </span>
    </div>
  );
}

function Clear({ label, icon, onClick }: { label: string; icon: "close" | "again"; onClick: () => void }) {
  return (
    <IconButton
      icon={icon}
      size="sm"
      label={label}
      onClick={onClick}
      className="size-4.5! rounded-1! opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
    />
  );
}

interface ExactProps {
  parameter: NumberParameter;
  value: number | undefined;
  /** Comes from what holds for all. */
  quiet: boolean;
  onChange: (value: number | undefined) => void;
}

function Exact({ parameter, value, quiet, onChange }: ExactProps) {
  const shown = value === undefined ? "" : showNumber(parameter, value);
  const [text, setText] = useState(shown);
  const take = () => {
    const typed = takeNumber(parameter, text);
    if (typed === null && text.trim() !== "") return setText(shown);
    if ((typed ?? undefined) !== value) onChange(typed ?? undefined);
  };
  return (
    <input
      aria-label={`${parameter.label}, exact value${quiet ? ", from all columns" : ""}`}
      inputMode="decimal"
      autoComplete="off"
      placeholder="not sent"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.metaKey && !event.ctrlKey) take();
      }}
      className={cx(
        "h-4.5 w-14 rounded-1 bg-transparent text-right text-micro focus-visible:outline-offset-0",
        text === "" ? "" : "font-mono",
        quiet ? "text-fg-subtle" : "text-fg",
      )}
    />
  );
}

"use client";
import { useId } from "react";
import { cx } from "@/components/ui/cx";
import type { MergeConflict, PromptVersion, Settlement } from "@/lib/prompts";
import { placeWords } from "../place-words";

interface ConflictCardProps {
  conflict: MergeConflict;
  theirs: PromptVersion;
  baseNumber: number | undefined;
  choice: Settlement | undefined;
  onChoose: (choice: Settlement) => void;
}

/** One place with what both sides made of it and what stood there before; one of the three is chosen. */
export function ConflictCard({ conflict, theirs, baseNumber, choice, onChoose }: ConflictCardProps) {
  const name = useId();
  const options: { value: Settlement; label: string }[] = [
    { value: "mine", label: "your draft" },
    { value: "theirs", label: `v${theirs.number}, ${theirs.createdBy?.name ?? "Tessera"}` },
    ...(baseNumber === undefined ? [] : [{ value: "base" as const, label: `v${baseNumber}, before both` }]),
  ];
  return (
    <li>
      <fieldset className="grid min-w-0 gap-1.5">
        <legend className="pb-1 font-strong">{placeWords(conflict.path)}</legend>
        {options.map(({ value, label }) => (
          <label
            key={value}
            className={cx(
              "grid cursor-pointer gap-1 rounded-2 border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-accent",
              choice === value ? "border-accent ring ring-accent" : "border-line-strong hover:bg-hover",
            )}
          >
            <span className="flex items-center gap-2 text-small text-fg-muted">
              <input
                type="radio"
                name={name}
                checked={choice === value}
                onChange={() => onChoose(value)}
                className="accent-ink"
              />
              {label}
            </span>
            <Text text={conflict[value]} />
          </label>
        ))}
      </fieldset>
    </li>
  );
}

function Text({ text }: { text: string | null }) {
  if (text === null) return <span className="text-small text-fg-subtle">nothing stands there</span>;
  return (
    <span className="block max-h-40 overflow-y-auto font-mono text-small break-words whitespace-pre-wrap">
      {text}
    </span>
  );
}

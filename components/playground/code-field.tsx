"use client";
import { controlClass } from "@/components/ui/control-class";
import { cx } from "@/components/ui/cx";

interface CodeFieldProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  /** Id of the words about what is wrong, when something is. */
  describedBy?: string;
  broken?: boolean;
  placeholder?: string;
  maxLength?: number;
  /** Lines in sight, at least. */
  lines?: number;
}

/** Code to be typed, with the numbers of its lines; it is never wrapped. */
export function CodeField({
  value,
  onChange,
  label,
  describedBy,
  broken = false,
  placeholder,
  maxLength,
  lines = 6,
}: CodeFieldProps) {
  const count = value.split("\n").length;
  const shown = Math.max(lines, count);
  return (
    <div
      className={cx(
        controlClass(broken),
        "max-h-80 overflow-auto has-focus-visible:outline-2 has-focus-visible:outline-accent",
      )}
    >
      <div className="flex min-w-full">
        <pre
          aria-hidden="true"
          className="sticky left-0 flex-none bg-sunken px-2 py-1.5 text-right text-small leading-5 text-fg-subtle select-none"
        >
          {Array.from({ length: count }, (_, index) => index + 1).join("\n")}
        </pre>
        <textarea
          aria-label={label}
          aria-describedby={describedBy}
          aria-invalid={broken || undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
          maxLength={maxLength}
          rows={shown}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          className="block min-w-0 flex-1 resize-none overflow-y-hidden bg-transparent px-2 py-1.5 font-mono text-small leading-5 outline-none"
        />
      </div>
    </div>
  );
}

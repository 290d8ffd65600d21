"use client";
import type { ComponentProps } from "react";
import { controlClass } from "@/components/ui/control-class";
import { cx } from "@/components/ui/cx";
import { parseTemplate, type TemplatePart } from "@/lib/prompts";

/** A longer text once more behind the field would make every key slow. */
const mostMarked = 50_000;

interface TemplateFieldProps extends Omit<ComponentProps<"textarea">, "value"> {
  value: string;
  /** Names that are declared; a variable without a declaration is marked as one. */
  declared: ReadonlySet<string>;
}

const lines = "px-2.5 py-1.5 font-mono text-[12.5px] leading-6 break-words whitespace-pre-wrap";

/** A text whose `{{variables}}` and `{{> references}}` lie on grounds of their own; it grows with what it holds. */
export function TemplateField({ value, declared, className, ...rest }: TemplateFieldProps) {
  const isMarked = value.length <= mostMarked;
  return (
    <div
      className={cx(
        controlClass(false),
        "grid max-h-[60dvh] overflow-y-auto has-focus-visible:outline-2 has-focus-visible:outline-accent [&>*]:col-start-1 [&>*]:row-start-1",
        className,
      )}
    >
      {isMarked && (
        <div aria-hidden="true" className={cx("pointer-events-none text-transparent select-none", lines)}>
          {parseTemplate(value).map((part) => (
            <span key={part.start} className={groundOf(part, declared)}>
              {value.slice(part.start, part.end)}
            </span>
          ))}
          {"\u200b"}
        </div>
      )}
      <textarea
        {...rest}
        value={value}
        spellCheck={false}
        className={cx(
          "relative block w-full resize-none bg-transparent outline-none",
          lines,
          isMarked ? "field-sizing-content min-h-full overflow-hidden" : "h-96 overflow-y-auto",
        )}
      />
    </div>
  );
}

function groundOf(part: TemplatePart, declared: ReadonlySet<string>): string | undefined {
  if (part.kind === "text") return undefined;
  const ground = "rounded-1 inset-ring ";
  if (part.kind === "reference") return `${ground}bg-sunken inset-ring-line-strong`;
  return declared.has(part.name)
    ? `${ground}bg-accent-bg inset-ring-accent-line`
    : `${ground}bg-warn-bg inset-ring-warn-line`;
}

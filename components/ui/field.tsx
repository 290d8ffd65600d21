"use client";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cx } from "./cx";
import { Icon } from "./icon";

interface FieldIds {
  id: string;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

/** The ids a control takes from the field around it; absent outside one. */
export function useField(): FieldIds | null {
  return useContext(FieldContext);
}

interface FieldProps {
  label: ReactNode;
  /** One sentence under the control. */
  hint?: ReactNode;
  /** What to type instead; replaces the hint. */
  error?: ReactNode;
  /** At the right of the label: the present value, or "not sent" in `blank`. */
  value?: ReactNode;
  blank?: boolean;
  /** The label is read but not shown. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, control and what is to be known about it, tied together for every reader. */
export function Field({ label, hint, error, value, blank, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const labelId = `${id}-label`;
  const described = error || hint ? noteId : undefined;
  return (
    <FieldContext.Provider value={{ id, labelId, describedBy: described, invalid: Boolean(error) }}>
      <div className={cx("grid gap-1", className)}>
        <span className={cx("flex items-baseline gap-1.5 text-small text-fg-muted", hideLabel && "sr-only")}>
          <label id={labelId} htmlFor={id}>
            {label}
          </label>
          {value !== undefined && (
            <span className={cx("ml-auto text-micro", blank ? "text-fg-subtle" : "font-mono text-fg")}>
              {value}
            </span>
          )}
        </span>
        {children}
        {error ? (
          <p id={noteId} role="alert" className="flex items-start gap-1.5 text-small text-danger">
            <Icon name="warning" size={14} className="mt-0.5" />
            {error}
          </p>
        ) : (
          hint && (
            <p id={noteId} className="text-small text-fg-subtle">
              {hint}
            </p>
          )
        )}
      </div>
    </FieldContext.Provider>
  );
}

import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  count?: number;
  /** At the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a page about one principal. */
export function Section({ title, count, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t pb-4 [nav+&]:border-t-0">
      <div className="flex min-h-11 items-center gap-2 px-4">
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className="text-small text-fg-subtle tabular-nums">{count}</span>}
        {actions && <div className="ml-auto flex flex-none gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

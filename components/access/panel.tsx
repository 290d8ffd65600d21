import { type ReactNode, useId } from "react";

interface PanelProps {
  title: string;
  count?: number;
  children: ReactNode;
}

/** A part of the column at the right. */
export function Panel({ title, count, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-2 border bg-surface">
      <header className="flex h-9.5 items-center gap-2 border-b px-3">
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className="text-small text-fg-subtle tabular-nums">{count}</span>}
      </header>
      {children}
    </section>
  );
}

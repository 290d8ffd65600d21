import type { ReactNode } from "react";

interface SectionHeadProps {
  id: string;
  title: string;
  /** What is to be known of the whole section. */
  children?: ReactNode;
}

/** The head of one of several lists on a page. */
export function SectionHead({ id, title, children }: SectionHeadProps) {
  return (
    <header className="flex min-h-10 flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b bg-canvas px-4 pt-2.5 pb-2">
      <h2 id={id}>{title}</h2>
      {children && <p className="ml-auto text-small text-fg-muted max-sm:ml-0">{children}</p>}
    </header>
  );
}

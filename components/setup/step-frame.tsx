import type { ReactNode } from "react";

interface StepFrameProps {
  title: string;
  lead: string;
  children: ReactNode;
  /** A remark, then Skip, Back, Continue. */
  footer: ReactNode;
}

/** Question, work and the way on: the same on every step. */
export function StepFrame({ title, lead, children, footer }: StepFrameProps) {
  return (
    <>
      <header className="mb-4">
        <h1 className="mb-0.5 text-[1.25rem] leading-7">{title}</h1>
        <p className="text-fg-muted">{lead}</p>
      </header>
      {children}
      <footer className="flex flex-wrap items-center gap-2 pt-4">{footer}</footer>
    </>
  );
}

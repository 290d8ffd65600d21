import { type ReactNode, useId } from "react";

interface EditSectionProps {
  title: string;
  /** Quiet facts at the right of the title. */
  facts?: ReactNode;
  children: ReactNode;
}

/** One part of what a version holds. */
export function EditSection({ title, facts, children }: EditSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t first:border-t-0">
      <header className="flex min-h-10 items-center gap-2 px-4">
        <h2 id={id}>{title}</h2>
        {facts && <span className="ml-auto text-small text-fg-subtle">{facts}</span>}
      </header>
      <div className="px-4 pb-4">{children}</div>
    </section>
  );
}

import type { ReactNode } from "react";

/** What follows, in one sentence beside a dialog's buttons; on a phone above them. */
export function Consequence({ children }: { children: ReactNode }) {
  if (!children) return <span className="flex-1" />;
  return (
    <>
      <span className="min-w-0 flex-1 text-small text-fg-muted max-sm:basis-full">{children}</span>
      <span className="flex-1 sm:hidden" />
    </>
  );
}

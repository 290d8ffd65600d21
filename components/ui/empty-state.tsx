import type { ReactNode } from "react";
import { type Kind, KindIcon } from "./kind-icon";

interface EmptyStateProps {
  kind: Kind;
  /** "No keys yet" */
  title: string;
  /** One sentence. */
  children?: ReactNode;
  /** The next step. */
  action?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ kind, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1.25 px-4 py-12 text-center">
      <KindIcon kind={kind} />
      <h2>{title}</h2>
      {children && <p className="max-w-90 text-small text-fg-muted">{children}</p>}
      {action && <div className="mt-1.5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

import type { ReactNode } from "react";
import { type Kind, KindIcon } from "./kind-icon";

interface PageHeadProps {
  kind?: Kind;
  title: ReactNode;
  /** Quiet ones, behind the title. */
  badges?: ReactNode;
  /** At most one primary, rightmost. */
  actions?: ReactNode;
  /** One sentence on what this page holds. */
  children?: ReactNode;
}

/** Kind, name, state, actions: the top of every page. */
export function PageHead({ kind, title, badges, actions, children }: PageHeadProps) {
  return (
    <header className="flex-none px-4 pt-3 pb-2.5">
      <div className="flex min-h-(--h-control) flex-wrap items-center gap-2">
        {kind && <KindIcon kind={kind} className="-mr-0.5" />}
        <h1 className="mr-1 min-w-0 truncate">{title}</h1>
        {badges}
        {actions && <div className="ml-auto flex flex-none items-center gap-2">{actions}</div>}
      </div>
      {children && <p className="mt-1 max-w-180 text-small text-fg-muted">{children}</p>}
    </header>
  );
}

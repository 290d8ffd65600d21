import type { ReactNode } from "react";
import { Dock } from "./dock";
import type { Person } from "./person";
import { ShellKeys } from "./shell-keys";
import { Sidebar } from "./sidebar";
import type { Theme } from "./theme";
import { TopBar } from "./top-bar";

interface ShellProps {
  person: Person;
  theme: Theme;
  children: ReactNode;
}

/** Sidebar, top bar and the work between them; they meet at lines and fill the window. */
export function Shell({ person, theme, children }: ShellProps) {
  const admin = person.role === "admin";
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[var(--h-bar)_minmax(0,1fr)_auto] overflow-hidden sm:grid-cols-[52px_minmax(0,1fr)] sm:grid-rows-[var(--h-bar)_minmax(0,1fr)] md:grid-cols-[var(--w-side)_minmax(0,1fr)]">
      <a
        href="#work"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-(--layer-toast) focus:rounded-2 focus:bg-raised focus:px-3 focus:py-1.5"
      >
        Skip to the work
      </a>
      <Sidebar admin={admin} />
      <TopBar person={person} theme={theme} />
      <main
        id="work"
        tabIndex={-1}
        className="flex min-h-0 min-w-0 flex-col overflow-y-auto bg-surface outline-none"
      >
        {children}
      </main>
      <Dock admin={admin} />
      <ShellKeys person={person} />
    </div>
  );
}

"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cx } from "./cx";

interface PageTab {
  href: string;
  label: string;
  /** How many things wait there; nothing stands beside the label while none do. */
  waiting?: number;
}

interface PageTabsProps {
  /** What the pages divide. */
  label: string;
  tabs: readonly PageTab[];
}

/** The pages of one area; tabs that are links, each with an address of its own. */
export function PageTabs({ label, tabs }: PageTabsProps) {
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  // On a narrow screen the open page's tab may stand beyond the edge.
  useEffect(() => {
    current.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, []);
  return (
    <nav
      aria-label={label}
      className="flex h-9.5 flex-none gap-0.5 overflow-x-auto overflow-y-hidden border-b px-2.5 pointer-coarse:h-11"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          ref={tab.href === pathname ? current : undefined}
          href={tab.href}
          aria-current={tab.href === pathname ? "page" : undefined}
          className={cx(
            "relative flex items-center gap-1.5 px-2 whitespace-nowrap after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 hover:text-fg focus-visible:-outline-offset-2",
            tab.href === pathname ? "font-strong text-fg after:bg-accent" : "text-fg-muted",
          )}
        >
          {tab.label}
          {tab.waiting !== undefined && tab.waiting > 0 && (
            <span className="text-micro font-regular text-fg-subtle tabular-nums">
              {tab.waiting}
              <span className="sr-only"> waiting</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

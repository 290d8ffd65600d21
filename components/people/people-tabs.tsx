"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cx } from "@/components/ui/cx";

const places = [
  { href: "/people", label: "People" },
  { href: "/people/groups", label: "Groups" },
  { href: "/people/service-principals", label: "Service principals" },
  { href: "/people/keys", label: "Keys" },
  { href: "/people/sessions", label: "Sessions" },
  { href: "/people/sso", label: "Single sign-on" },
] as const;

/** The pages on who may act here. */
export function PeopleTabs() {
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  // On a narrow screen the open page's tab may stand beyond the edge.
  useEffect(() => {
    current.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, []);
  return (
    <nav
      aria-label="Principals"
      className="flex h-9.5 flex-none gap-0.5 overflow-x-auto overflow-y-hidden border-b px-2.5 pointer-coarse:h-11"
    >
      {places.map(({ href, label }) => (
        <Link
          key={href}
          ref={href === pathname ? current : undefined}
          href={href}
          aria-current={href === pathname ? "page" : undefined}
          className={cx(
            "relative flex items-center px-2 whitespace-nowrap after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 hover:text-fg focus-visible:-outline-offset-2",
            href === pathname ? "font-strong text-fg after:bg-accent" : "text-fg-muted",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";
import { useHere } from "@/components/ui/use-here";
import { requestsQuery } from "@/lib/catalog/client";

const places = [
  { href: "/access/explain", label: "Explain" },
  { href: "/access/rights", label: "Rights" },
  { href: "/access/requests", label: "Requests" },
] as const;

/** The views on who may do what. */
export function AccessTabs() {
  const pathname = usePathname();
  const here = useHere();
  const requests = useQuery(requestsQuery());
  // The sidebar counts them too and may know them before this is taken over from the server.
  const waiting = (here && requests.data?.waiting) || 0;
  return (
    <nav
      aria-label="Access"
      className="flex h-9.5 flex-none gap-0.5 overflow-x-auto overflow-y-hidden border-b px-2.5 pointer-coarse:h-11"
    >
      {places.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={href === pathname ? "page" : undefined}
          className={cx(
            "relative flex items-center gap-1.5 px-2 whitespace-nowrap after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 hover:text-fg focus-visible:-outline-offset-2",
            href === pathname ? "font-strong text-fg after:bg-accent" : "text-fg-muted",
          )}
        >
          {label}
          {label === "Requests" && waiting > 0 && (
            <span className="text-micro font-regular text-fg-subtle tabular-nums">
              {waiting}
              <span className="sr-only"> waiting</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { pageOf, placeOf } from "./navigation";
import { useShell } from "./shell-store";

/** The places one is in; the title of the page itself stands below. */
export function Breadcrumb() {
  const page = pageOf(usePathname());
  const crumb = useShell((state) => state.crumb);
  if (!page) return <span className="flex-1" />;
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 flex-1 items-center gap-1.75 text-fg-muted">
      {crumb ? (
        <>
          <Link href={page.href} className="hover:text-fg">
            {page.label}
          </Link>
          <span className="text-fg-subtle">/</span>
          <b className="truncate text-fg">{crumb}</b>
        </>
      ) : (
        <span className="truncate">{placeOf(page)}</span>
      )}
    </nav>
  );
}

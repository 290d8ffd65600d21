"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment } from "react";
import { pageOf, placeOf } from "./navigation";
import { useShell } from "./shell-store";

/** The places one is in; the title of the page itself stands below. */
export function Breadcrumb() {
  const page = pageOf(usePathname());
  const { crumb, trail } = useShell();
  if (!page) return <span className="flex-1" />;
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 flex-1 items-center gap-1.75 text-fg-muted">
      {crumb ? (
        <>
          {[{ label: page.label, href: page.href }, ...trail].map(({ label, href }) => (
            <Fragment key={href}>
              <Link href={href} className="truncate hover:text-fg">
                {label}
              </Link>
              <span className="text-fg-subtle">/</span>
            </Fragment>
          ))}
          <b className="truncate text-fg">{crumb}</b>
        </>
      ) : (
        <span className="truncate">{placeOf(page)}</span>
      )}
    </nav>
  );
}

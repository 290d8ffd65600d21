"use client";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { pageLoaded } from "@/components/ui/page-loaded";
import { EngineStatus } from "./engine-status";
import { Mark } from "./mark";
import { NavLink } from "./nav-link";
import { groupsFor, pageOf } from "./navigation";

// No page waits for a number beside a link.
const NavCount = dynamic(
  () =>
    pageLoaded()
      .then(() => import("./nav-count"))
      .then((module) => module.NavCount),
  { ssr: false },
);

/** Places by what one wants to do; under 900 px only their icons. */
export function Sidebar({ admin }: { admin: boolean }) {
  const current = pageOf(usePathname());
  return (
    <div className="row-span-2 flex min-h-0 flex-col border-r bg-canvas max-sm:hidden">
      <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col">
        <NavLink
          href="/playground"
          className="flex h-(--h-bar) flex-none items-center gap-2.25 px-3.5 font-strong tracking-[-.01em] focus-visible:-outline-offset-2 max-md:justify-center max-md:px-0"
        >
          <Mark />
          <span className="max-md:sr-only">Tessera</span>
        </NavLink>
        <div className="flex-1 overflow-y-auto px-2 py-1.5">
          {groupsFor(admin).map((group) => (
            <section key={group.label} aria-labelledby={`nav-${group.label}`} className="group/nav">
              <p
                id={`nav-${group.label}`}
                className="px-2 pt-3.25 pb-1.25 text-micro text-fg-subtle group-first/nav:pt-1 max-md:invisible"
              >
                {group.label}
              </p>
              <ul>
                {group.pages.map((page) => (
                  <li key={page.href}>
                    <NavLink
                      href={page.href}
                      title={page.label}
                      aria-current={page.href === current?.href ? "page" : undefined}
                      className={cx(
                        "relative flex h-7 items-center gap-2.5 rounded-2 px-2 transition-state max-md:justify-center pointer-coarse:h-11",
                        page.href === current?.href
                          ? "bg-press font-strong text-fg before:absolute before:inset-y-2 before:-left-2 before:w-0.75 before:rounded-r-tile before:bg-accent"
                          : "text-fg-muted hover:bg-hover hover:text-fg [&_svg]:text-fg-subtle",
                      )}
                    >
                      <Icon name={page.icon} />
                      <span className="truncate max-md:sr-only">{page.label}</span>
                      {page.counted && <NavCount of={page.counted} />}
                    </NavLink>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </nav>
      <EngineStatus />
    </div>
  );
}

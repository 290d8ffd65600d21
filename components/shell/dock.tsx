"use client";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { NavLink } from "./nav-link";
import { pageOf, pagesFor } from "./navigation";
import { openPalette } from "./shell-store";

const cell = "grid h-full place-content-center place-items-center gap-0.75 text-micro leading-3.5";
const inDock = 4;

/** The sidebar of narrow screens: four places and the rest. */
export function Dock({ admin }: { admin: boolean }) {
  const current = pageOf(usePathname());
  const pages = pagesFor(admin);
  const shown = pages.slice(0, inDock);
  const rest = pages.slice(inDock);
  return (
    <nav aria-label="Main" className="grid h-14 auto-cols-fr grid-flow-col border-t bg-canvas sm:hidden">
      {shown.map((page) => (
        <NavLink
          key={page.href}
          href={page.href}
          aria-current={page.href === current?.href ? "page" : undefined}
          className={cx(
            cell,
            "border-t-2 focus-visible:-outline-offset-2",
            page.href === current?.href
              ? "border-t-accent font-strong text-fg"
              : "border-t-transparent text-fg-muted",
          )}
        >
          <Icon name={page.icon} />
          {page.label}
        </NavLink>
      ))}
      <Menu
        trigger={
          <button
            type="button"
            className={cx(
              cell,
              "border-t-2 border-t-transparent text-fg-muted focus-visible:-outline-offset-2",
            )}
          >
            <Icon name="menu" />
            More
          </button>
        }
        items={[
          ...rest.map((page) => ({ label: page.label, icon: page.icon, href: page.href })),
          { label: "Search or jump to", icon: "search", onSelect: openPalette, separated: rest.length > 0 },
        ]}
      />
    </nav>
  );
}

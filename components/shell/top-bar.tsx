"use client";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { Breadcrumb } from "./breadcrumb";
import type { Person } from "./person";
import { PersonMenu } from "./person-menu";
import { openPalette } from "./shell-store";
import type { Theme } from "./theme";
import { ThemeMenu } from "./theme-menu";

/** Where one is, the way to everything else, and who one is. */
export function TopBar({ person, theme }: { person: Person; theme: Theme }) {
  return (
    <header className="flex h-(--h-bar) min-w-0 items-center gap-3 border-b bg-canvas pr-3.5 pl-4 max-sm:gap-1.5">
      <Breadcrumb />
      <button
        type="button"
        onClick={openPalette}
        className="flex h-7 w-67 items-center gap-2 rounded-2 border border-line-strong bg-surface pr-1.5 pl-2.25 text-small text-fg-subtle transition-state hover:border-line-control max-md:hidden pointer-coarse:h-9"
      >
        <Icon name="search" size={14} />
        Search or jump to
        <Kbd keys="⌘K" className="ml-auto" />
      </button>
      <IconButton
        icon="search"
        label="Search or jump to"
        className="md:hidden max-sm:hidden"
        onClick={openPalette}
      />
      <ThemeMenu initial={theme} />
      <PersonMenu person={person} />
    </header>
  );
}

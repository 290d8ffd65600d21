"use client";
import { Menu } from "@/components/ui/menu";
import type { Person } from "./person";
import { openKeys } from "./shell-store";
import { signOut } from "./sign-out";

/** Who is signed in, and what belongs to them alone. */
export function PersonMenu({ person }: { person: Person }) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${person.name}, your menu`}
          data-initials={initials(person.name)}
          className="relative grid size-6.5 before:content-[attr(data-initials)] flex-none place-items-center rounded-2 bg-press text-micro font-strong text-fg-muted hover:text-fg pointer-coarse:after:absolute pointer-coarse:after:-inset-2.25"
        />
      }
      header={
        <span className="grid">
          <b className="truncate">{person.name}</b>
          <span className="truncate text-small font-regular text-fg-muted">{person.email}</span>
          <span className="text-micro font-regular text-fg-subtle">
            {person.role === "admin" ? "Administrator" : "Member"}
          </span>
        </span>
      }
      items={[
        { label: "Sessions", icon: "history", href: "/account" },
        { label: "Keys on the keyboard", icon: "keyboard", kbd: "?", onSelect: openKeys },
        { label: "Sign out", icon: "sign-out", separated: true, onSelect: () => void signOut() },
      ]}
    />
  );
}

/** Two letters: of the first and last word, or the first two of a single one. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const [first = "?", last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return (last ? `${[...first][0]}${[...last][0]}` : [...first].slice(0, 2).join("")).toUpperCase();
}

import type { IconName } from "@/components/ui/icon";
import type { Kind } from "@/components/ui/kind-icon";
import { pagesFor } from "./navigation";
import type { Person } from "./person";
import { openKeys } from "./shell-store";
import { signOut } from "./sign-out";
import { toggleTheme } from "./theme";

export interface PaletteEntry {
  id: string;
  label: string;
  /** What it lies in, subtle in front of its name. */
  within?: string;
  icon: IconName;
  /** Its family's colour, for assets. */
  kind?: Kind;
  detail?: string;
  /** Known by name only. */
  locked?: boolean;
  /** The key that does the same elsewhere. */
  kbd?: string;
  /** Also found by these words. */
  words?: string;
  /** Opens a page. */
  href?: string;
  /** Acts where one is. */
  act?: () => void;
}

export interface PaletteGroup {
  label: string;
  entries: PaletteEntry[];
}

/** What can be done from anywhere, by role. */
export function actionEntries(person: Person): PaletteEntry[] {
  const admin = person.role === "admin";
  const entries: (PaletteEntry | false)[] = [
    { id: "new-session", label: "New playground session", icon: "plus", href: "/playground?new" },
    {
      id: "new-prompt",
      label: "New prompt",
      icon: "prompt",
      detail: "with its first version",
      words: "create make template",
      href: "/prompts?new",
    },
    {
      id: "import-prompts",
      label: "Import prompts",
      icon: "document",
      detail: "Markdown, YAML or .zip",
      words: "files git front matter",
      href: "/prompts?import",
    },
    { id: "new-key", label: "Create an API key", icon: "key", detail: "shown once", href: "/keys?new" },
    {
      id: "explain-access",
      label: "Explain access",
      icon: "shield",
      detail: "why somebody may or may not",
      words: "rights permission grant who can",
      href: "/access/explain",
    },
    {
      id: "request-access",
      label: "Request access",
      icon: "lock",
      detail: "asks whoever may grant it",
      words: "rights permission",
      href: "/access/requests?new",
    },
    admin && {
      id: "invite",
      label: "Invite a person",
      icon: "person",
      detail: "makes a one-time link",
      href: "/people?new",
    },
    admin && {
      id: "new-group",
      label: "Make a group",
      icon: "people",
      detail: "of people, groups, programs",
      href: "/people/groups?new",
    },
    admin && {
      id: "new-service-principal",
      label: "Make a service principal",
      icon: "robot",
      detail: "an account for a program",
      words: "application bot",
      href: "/people/service-principals?new",
    },
    admin && {
      id: "connect",
      label: "Add a connection",
      icon: "remote",
      detail: "any OpenAI-compatible API",
      href: "/connections?new",
    },
    { id: "theme", label: "Switch between light and dark", icon: "moon", words: "theme", act: toggleTheme },
    {
      id: "keys",
      label: "Keys on the keyboard",
      icon: "keyboard",
      kbd: "?",
      words: "shortcuts help",
      act: openKeys,
    },
    { id: "sign-out", label: "Sign out", icon: "sign-out", words: "log out", act: () => void signOut() },
  ];
  return entries.filter((entry) => entry !== false);
}

export function pageEntries(person: Person): PaletteEntry[] {
  return pagesFor(person.role === "admin").map((page) => ({
    id: page.href,
    label: page.label,
    icon: page.icon,
    href: page.href,
  }));
}

/** Groups reduced to what was typed; a leading ">" leaves the actions alone. */
export function matching(
  groups: readonly PaletteGroup[],
  typed: string,
): { groups: PaletteGroup[]; query: string } {
  const actionsOnly = typed.startsWith(">");
  const query = (actionsOnly ? typed.slice(1) : typed).trim();
  const needle = query.toLowerCase();
  const found = groups
    .filter((group) => !actionsOnly || group.label === "Actions")
    .map((group) => ({
      ...group,
      entries: group.entries.filter((entry) =>
        `${entry.label} ${entry.words ?? ""}`.toLowerCase().includes(needle),
      ),
    }))
    .filter((group) => group.entries.length > 0);
  return { groups: found, query };
}

import type { IconName } from "@/components/ui/icon";

interface Page {
  href: string;
  label: string;
  icon: IconName;
  /** Shown to administrators alone; the server decides by itself. */
  adminOnly?: boolean;
  /** Whose waiting requests are counted beside it. */
  counted?: "access" | "prompts";
}

interface Group {
  label: string;
  pages: readonly Page[];
}

export const groups: readonly Group[] = [
  {
    label: "Build",
    pages: [
      { href: "/playground", label: "Playground", icon: "chat" },
      { href: "/prompts", label: "Prompts", icon: "prompt", counted: "prompts" },
      { href: "/models", label: "Models", icon: "model" },
      { href: "/registry", label: "Registry", icon: "schema" },
    ],
  },
  { label: "Data", pages: [{ href: "/catalog", label: "Catalog", icon: "catalog" }] },
  {
    label: "Serve",
    pages: [{ href: "/connections", label: "Connections", icon: "remote", adminOnly: true }],
  },
  {
    label: "Govern",
    pages: [
      { href: "/access", label: "Access", icon: "shield", counted: "access" },
      { href: "/keys", label: "API keys", icon: "key" },
      { href: "/people", label: "People", icon: "people", adminOnly: true },
      { href: "/audit", label: "Audit", icon: "audit" },
    ],
  },
];

const account: Page = { href: "/account", label: "Sessions", icon: "history" };

/** The groups somebody of this role may open. */
export function groupsFor(admin: boolean): Group[] {
  return groups
    .map((group) => ({ ...group, pages: group.pages.filter((page) => admin || !page.adminOnly) }))
    .filter((group) => group.pages.length > 0);
}

/** Every page somebody of this role may open, in order. */
export function pagesFor(admin: boolean): Page[] {
  return [...groupsFor(admin).flatMap((group) => group.pages), account];
}

/** The place a page stands in, for the breadcrumb; its own title is the heading below and not repeated. */
export function placeOf(page: Page): string {
  if (page.href === "/playground") return page.label;
  return groups.find((group) => group.pages.includes(page))?.label ?? "You";
}

/** The page an address belongs to. */
export function pageOf(pathname: string): Page | undefined {
  return pagesFor(true).find((page) => pathname === page.href || pathname.startsWith(`${page.href}/`));
}

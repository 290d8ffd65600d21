import type { MenuItem } from "@/components/ui/menu";
import { isSchemaKind } from "@/lib/access";
import type { CatalogObject } from "@/lib/catalog";
import type { ObjectDialog } from "./use-object-dialog";

/** What the reader may do with an object, as the items of its menu. */
export function objectActions(object: CatalogObject, open: (dialog: ObjectDialog) => void): MenuItem[] {
  const { kind, may } = object;
  // A connection is renamed and removed where its key and its models are.
  const isElsewhere = kind === "connection";
  const items: (MenuItem | false)[] = [
    may.create.includes("schema") && {
      label: "New schema",
      icon: "plus",
      onSelect: () => open({ kind: "create", what: "schema" }),
    },
    may.manage && {
      label: "Edit comment and properties",
      icon: "pencil",
      onSelect: () => open({ kind: "edit" }),
    },
    may.tag && { label: "Edit tags", icon: "tag", onSelect: () => open({ kind: "tags" }) },
    may.manage &&
      !isElsewhere && { label: "Rename", icon: "pencil", onSelect: () => open({ kind: "rename" }) },
    may.manage &&
      (isSchemaKind(kind) || kind === "schema") && {
        label: "Move",
        icon: "arrow-right",
        onSelect: () => open({ kind: "move" }),
      },
    may.grant && { label: "Transfer owner", icon: "person", onSelect: () => open({ kind: "owner" }) },
    may.manage &&
      !isElsewhere && {
        label: "Drop",
        icon: "trash",
        danger: true,
        separated: true,
        detail: "asks first",
        onSelect: () => open({ kind: "drop" }),
      },
    isElsewhere &&
      may.manage && { label: "Open connections", icon: "remote", separated: true, href: "/connections" },
  ];
  return items.filter((item) => item !== false);
}

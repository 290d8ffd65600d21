"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { searchesQuery } from "@/lib/audit-log/client";
import type { AuditView } from "./use-audit-view";

const SaveSearchDialog = dynamic(
  () => import("./save-search-dialog").then((module) => module.SaveSearchDialog),
  { ssr: false },
);
const SearchesDialog = dynamic(() => import("./searches-dialog").then((module) => module.SearchesDialog), {
  ssr: false,
});

/** Filters one has given a name. */
export function SearchesMenu({ view }: { view: AuditView }) {
  const searches = useQuery(searchesQuery());
  const [dialog, setDialog] = useState<"save" | "edit">();
  const saved = searches.data ?? [];
  const isNarrowed = Object.values(view.filter).some(Boolean);
  return (
    <>
      <Menu
        trigger={<Button icon="bookmark">Saved searches</Button>}
        items={[
          ...(searches.isError
            ? [{ label: "Saved searches could not be read", disabledReason: "open again to retry" }]
            : saved.map(({ name, filter }) => ({
                label: name,
                icon: "filter" as const,
                onSelect: () => view.replace(filter),
              }))),
          {
            label: "Save this search",
            icon: "plus",
            separated: saved.length > 0,
            onSelect: () => setDialog("save"),
            ...(isNarrowed ? {} : { disabledReason: "nothing is narrowed" }),
          },
          ...(saved.length > 0
            ? [
                {
                  label: "Rename or delete",
                  icon: "pencil" as const,
                  onSelect: () => setDialog("edit"),
                },
              ]
            : []),
        ]}
      />
      {dialog === "save" && <SaveSearchDialog filter={view.filter} onClose={() => setDialog(undefined)} />}
      {dialog === "edit" && <SearchesDialog searches={saved} onClose={() => setDialog(undefined)} />}
    </>
  );
}

"use client";
import { useState } from "react";
import { SearchInput } from "@/components/ui/search-input";
import { Segment } from "@/components/ui/segment";
import { Switch } from "@/components/ui/switch";
import type { CatalogObject } from "@/lib/catalog";
import { EffectiveList } from "./effective-list";
import { GrantList } from "./grant-list";
import type { ObjectDialog } from "./use-object-dialog";

interface PermissionsTabProps {
  object: CatalogObject;
  admin: boolean;
  open: (dialog: ObjectDialog) => void;
}

const views = [
  { value: "grants", label: "Grants" },
  { value: "effective", label: "Effective rights" },
] as const;

/** Who was granted what on an object, or who may really do what with it. */
export function PermissionsTab({ object, admin, open }: PermissionsTabProps) {
  const [view, setView] = useState<(typeof views)[number]["value"]>("grants");
  const [q, setQ] = useState("");
  const [isInheritedShown, setInheritedShown] = useState(true);
  const [summary, setSummary] = useState("");
  return (
    <>
      <div className="flex min-h-12 flex-wrap items-center gap-2 border-b px-4 py-1.5">
        <Segment label="What is shown" value={view} onChange={setView} options={views} />
        <SearchInput keyless label="Find a principal" value={q} onChange={setQ} />
        {view === "grants" && (
          <Switch checked={isInheritedShown} onChange={setInheritedShown}>
            Show inherited
          </Switch>
        )}
        <span role="status" className="ml-auto text-small text-fg-muted">
          {summary}
        </span>
      </div>
      {view === "grants" ? (
        <GrantList
          object={object}
          admin={admin}
          q={q}
          isInheritedShown={isInheritedShown}
          onSummary={setSummary}
          open={open}
        />
      ) : (
        <EffectiveList object={object} admin={admin} q={q} onSummary={setSummary} />
      )}
    </>
  );
}

"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { SavedSearch } from "@/lib/audit-log";
import { SearchRow } from "./search-row";

/** One's saved searches, to rename and delete. */
export function SearchesDialog({
  searches,
  onClose,
}: {
  searches: readonly SavedSearch[];
  onClose: () => void;
}) {
  const [editing, setEditing] = useState<string>();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Saved searches"
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {searches.length === 0 ? (
        <p className="text-fg-muted">None is left. Narrow the log and save what you see.</p>
      ) : (
        <ul className="divide-y">
          {searches.map((search) => (
            <SearchRow
              key={search.id}
              search={search}
              editing={editing === search.id}
              onEdit={(on) => setEditing(on ? search.id : undefined)}
            />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

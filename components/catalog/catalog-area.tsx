"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { DrawerOver } from "@/components/ui/drawer-over";
import { useMedia } from "@/components/ui/use-media";
import { TreePanel } from "./tree-panel";

/** The tree beside the open object; where there is no room for both, behind a button. */
export function CatalogArea({ children }: { children: ReactNode }) {
  const wide = useMedia("(min-width: 75rem)");
  const [open, setOpen] = useState(false);
  return (
    <div className="flex min-h-0 flex-1">
      {wide && (
        <aside aria-label="Catalog tree" className="flex w-62 flex-none flex-col border-r bg-canvas">
          <TreePanel />
        </aside>
      )}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto">
        <div className="flex-none border-b bg-canvas px-4 py-1.75 lg:hidden">
          <Button size="sm" icon="catalog" onClick={() => setOpen(true)}>
            Browse the catalog
          </Button>
        </div>
        {children}
      </div>
      {open && !wide && (
        <DrawerOver title="Catalog" onClose={() => setOpen(false)}>
          <TreePanel onOpened={() => setOpen(false)} />
        </DrawerOver>
      )}
    </div>
  );
}

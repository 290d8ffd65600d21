"use client";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import type { LibraryDialog } from "./use-library-view";

/** Ways to and from files: two buttons, and one menu where there is no room. */
export function LibraryMenu({ open }: { open: (dialog: LibraryDialog) => void }) {
  return (
    <>
      <span className="flex gap-2 max-sm:hidden">
        <Button onClick={() => open("import")}>Import files</Button>
        <Button icon="download" onClick={() => open("export")}>
          Export
        </Button>
      </span>
      <span className="sm:hidden">
        <Menu
          trigger={<IconButton icon="more" label="More for prompts" variant="default" />}
          items={[
            { label: "Import files", icon: "document", onSelect: () => open("import") },
            { label: "Export", icon: "download", onSelect: () => open("export") },
          ]}
        />
      </span>
    </>
  );
}

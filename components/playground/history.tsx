"use client";
import { useState } from "react";
import { useStore } from "zustand";
import { Drawer } from "@/components/ui/drawer";
import { Note } from "@/components/ui/note";
import { SearchInput } from "@/components/ui/search-input";
import { Segment } from "@/components/ui/segment";
import { useSettled } from "@/components/ui/use-settled";
import { daysKept } from "@/lib/playground";
import { allFolders, folderOf } from "./folder-choice";
import { FolderFilter } from "./folder-filter";
import { HistoryList } from "./history-list";
import type { Session } from "./session";

interface HistoryProps {
  session: Session;
  /** Removes a session that was deleted from what is open here. */
  onDeleted: (id: string) => void;
}

/** The saved comparisons of whoever is signed in: searched, in folders, and the deleted ones. */
export function History({ session, onDeleted }: HistoryProps) {
  const rail = useStore(session.view, (state) => state.rail);
  const [state, setState] = useState<"live" | "deleted">("live");
  const [typed, setTyped] = useState("");
  const [folder, setFolder] = useState(allFolders);
  const q = useSettled(typed.trim());
  return (
    <Drawer open={rail === "history"} onClose={() => session.view.setState({ rail: null })} title="History">
      <div className="flex min-h-full flex-col">
        <div className="sticky top-0 z-1 grid grid-cols-[minmax(0,1fr)] gap-2 border-b bg-surface p-2.5">
          <SearchInput
            label="Search all words"
            value={typed}
            onChange={(text) => setTyped(text.slice(0, 200))}
            className="min-w-full"
          />
          <Segment
            label="Which comparisons"
            stretch
            value={state}
            onChange={setState}
            options={[
              { value: "live", label: "Saved" },
              { value: "deleted", label: "Deleted" },
            ]}
          />
          {state === "live" && <FolderFilter value={folder} onChange={setFolder} />}
        </div>
        <HistoryList
          session={session}
          q={q}
          state={state}
          folder={state === "live" ? folderOf(folder) : undefined}
          onClear={() => setTyped("")}
          onDeleted={onDeleted}
        />
        <Note className="mx-3.5 mt-auto mb-3.5">
          {state === "live"
            ? "Runs on the server are saved as you go. With a column in this browser nothing is saved until you press Save."
            : `Deleted comparisons can be restored for ${daysKept} days. Then they are gone.`}
        </Note>
      </div>
    </Drawer>
  );
}

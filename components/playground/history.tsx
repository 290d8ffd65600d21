"use client";
import { useStore } from "zustand";
import { Drawer } from "@/components/ui/drawer";
import { Note } from "@/components/ui/note";
import { SearchInput } from "@/components/ui/search-input";
import { Segment } from "@/components/ui/segment";
import { useSettled } from "@/components/ui/use-settled";
import { daysKept } from "@/lib/playground";
import { folderOf } from "./folder-choice";
import { FolderFilter } from "./folder-filter";
import { HistoryList } from "./history-list";
import type { Session, View } from "./session";

interface HistoryProps {
  session: Session;
  /** Removes a session that was deleted from what is open here. */
  onDeleted: (id: string) => void;
}

/** The saved comparisons of whoever is signed in: searched, in folders, and the deleted ones. */
export function History({ session, onDeleted }: HistoryProps) {
  const rail = useStore(session.view, (state) => state.rail);
  // Of the tab: deleting the open comparison begins another one, in which the list stays as it is.
  const { typed, state, folder } = useStore(session.view, (view) => view.history);
  const narrow = (part: Partial<View["history"]>) =>
    session.view.setState(({ history }) => ({ history: { ...history, ...part } }));
  const q = useSettled(typed.trim());
  return (
    <Drawer open={rail === "history"} onClose={() => session.view.setState({ rail: null })} title="History">
      <div className="flex min-h-full flex-col">
        <div className="sticky top-0 z-1 grid grid-cols-[minmax(0,1fr)] gap-2 border-b bg-surface p-2.5">
          <SearchInput
            label="Search all words"
            value={typed}
            onChange={(text) => narrow({ typed: text.slice(0, 200) })}
            className="min-w-full"
          />
          <Segment
            label="Which comparisons"
            stretch
            value={state}
            onChange={(next) => narrow({ state: next })}
            options={[
              { value: "live", label: "Saved" },
              { value: "deleted", label: "Deleted" },
            ]}
          />
          {state === "live" && <FolderFilter value={folder} onChange={(next) => narrow({ folder: next })} />}
        </div>
        <HistoryList
          session={session}
          q={q}
          state={state}
          folder={state === "live" ? folderOf(folder) : undefined}
          onClear={() => narrow({ typed: "" })}
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

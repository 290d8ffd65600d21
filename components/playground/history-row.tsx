"use client";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useStore } from "zustand";
import { cx } from "@/components/ui/cx";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Menu } from "@/components/ui/menu";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import type { PlaygroundEntry } from "@/lib/playground";
import {
  deleteSession,
  markMatches,
  parseSearch,
  refreshSessions,
  renameSession,
  restoreSession,
  setTitle,
} from "@/lib/playground/client";
import { MarkedRuns } from "./marked-runs";
import { MoveDialog } from "./move-dialog";
import type { Session } from "./session";

interface HistoryRowProps {
  session: Session;
  entry: PlaygroundEntry;
  /** What was searched for. */
  q: string;
  /** Names the folder, where several are listed. */
  showFolder: boolean;
  onDeleted: (id: string) => void;
}

const failed = (what: string) => (error: Error) =>
  toast({ tone: "danger", message: `${what} ${error.message}` });

/** One saved comparison: opens, renames, moves, deletes. */
export function HistoryRow({ session, entry, q, showFolder, onDeleted }: HistoryRowProps) {
  const client = useQueryClient();
  const current = useStore(session.workspace.store, (state) => state.id === entry.id);
  const [asking, setAsking] = useState<"title" | "folder" | null>(null);
  const refresh = () => refreshSessions(client);

  const rename = (title: string) => {
    setAsking(null);
    if (title.trim() === "" || title === entry.title) return;
    if (current) setTitle(session.workspace, title);
    else renameSession(entry.id, entry.version, title.trim()).then(refresh, failed("Not renamed."));
  };
  const restore = () => restoreSession(entry.id).then(refresh, failed("Not restored."));
  const remove = () =>
    deleteSession(entry.id).then(() => {
      onDeleted(entry.id);
      refresh();
      toast({ message: `Deleted ${entry.title}`, action: { label: "Undo", onAction: () => void restore() } });
    }, failed("Not deleted."));

  if (asking === "title") {
    return (
      <li className="border-b p-2">
        <Input
          autoFocus
          aria-label={`New title of ${entry.title}`}
          defaultValue={entry.title}
          maxLength={200}
          onBlur={(event) => rename(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") rename(event.currentTarget.value);
            if (event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            setAsking(null);
          }}
        />
      </li>
    );
  }
  return (
    <li className={cx("flex items-center gap-1 border-b pr-2", current && "bg-accent-bg")}>
      <Link
        href={`/playground/${entry.id}`}
        aria-current={current ? "page" : undefined}
        className="min-w-0 flex-1 py-1.5 pl-3.5 hover:text-accent focus-visible:-outline-offset-2"
      >
        <span className="block truncate">
          <MarkedRuns runs={markMatches(entry.title, parseSearch(q))} />
        </span>
        {entry.snippet && (
          <span className="line-clamp-3 text-small break-words text-fg-muted">
            <MarkedRuns runs={entry.snippet} />
          </span>
        )}
        <span className="flex gap-1.5 text-micro text-fg-subtle">
          <Time at={entry.updatedAt} />
          {showFolder && entry.folder !== "" && <span className="truncate">{entry.folder}</span>}
        </span>
      </Link>
      <Menu
        trigger={<IconButton icon="more" size="sm" label={`More for ${entry.title}`} />}
        items={[
          { label: "Rename", icon: "pencil", onSelect: () => setAsking("title") },
          { label: "Move to a folder", icon: "catalog", onSelect: () => setAsking("folder") },
          {
            label: "Delete",
            icon: "trash",
            danger: true,
            detail: "can be undone",
            onSelect: () => void remove(),
          },
        ]}
      />
      {asking === "folder" && <MoveDialog entry={entry} onClose={() => setAsking(null)} />}
    </li>
  );
}

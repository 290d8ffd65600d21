"use client";
import { useStore } from "zustand";
import { Badge } from "@/components/ui/badge";
import { isSavedByItself, type WorkspaceState } from "@/lib/playground/client";
import type { Session } from "./session";

interface Said {
  words: string;
  why: string;
  tone?: "plain" | "warn" | "danger" | "live";
}

function said(state: WorkspaceState): Said | null {
  const { save, turns, kept, id } = state;
  if (!kept) {
    return {
      words: "not kept",
      tone: "warn",
      why: "This tab is out of room: a reload would lose the last changes.",
    };
  }
  switch (save.kind) {
    case "saved":
      return {
        words: "saved",
        why: state.asked
          ? "You saved it. Every change is saved from here on."
          : "Nothing in it ran in a browser, so it is saved as you go.",
      };
    case "waiting":
    case "saving":
      return { words: "saving", why: "The last changes are on their way.", tone: "live" };
    case "failed":
      return { words: "not saved", tone: "danger", why: `${save.error.message} It stays in this tab.` };
    case "conflict":
      return { words: "not saved", tone: "danger", why: "A newer version was saved elsewhere." };
    case "off":
      if (turns.length === 0 || isSavedByItself(state)) return null;
      return {
        words: id ? "changes not saved" : "not saved",
        why: "A column runs in this browser: its prompts stay here until you save.",
      };
  }
}

/** Whether the comparison is on the server, and why not. */
export function SaveBadge({ session }: { session: Session }) {
  const state = useStore(session.workspace.store);
  const words = said(state);
  if (!words) return null;
  return (
    <Badge tone={words.tone} title={words.why} className="max-sm:hidden">
      {words.words}
      <span className="sr-only">. {words.why}</span>
    </Badge>
  );
}

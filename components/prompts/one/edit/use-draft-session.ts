"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Draft, PromptContent, PromptDetail } from "@/lib/prompts";
import { draftQuery, promptQuery, saveDraft } from "@/lib/prompts/client";
import { createDraftSession, type DraftSession } from "./draft-session";

export interface DraftStart {
  content: PromptContent;
  baseNumber: number;
  /** As it is kept; null where there is none yet. */
  draft: Draft | null;
}

/** A draft for as long as its editor is open; what was not sent yet is sent when it closes. */
export function useDraftSession(fullName: string, { content, baseNumber, draft }: DraftStart): DraftSession {
  const cache = useQueryClient();
  const [session] = useState(() =>
    createDraftSession({
      start: { content, baseNumber, revision: draft?.revision ?? null, updatedAt: draft?.updatedAt ?? null },
      save: (body) => saveDraft(fullName, body),
      onSaved: (saved) => {
        cache.setQueryData(draftQuery(fullName).queryKey, saved);
        cache.setQueryData(
          promptQuery(fullName).queryKey,
          (prompt: PromptDetail | undefined) => prompt && { ...prompt, draft: saved },
        );
      },
    }),
  );
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      const { saving } = session.store.getState();
      if (saving.state === "unchanged" || saving.state === "saved") return;
      event.preventDefault();
      void session.flush();
    };
    window.addEventListener("beforeunload", leave);
    return () => {
      window.removeEventListener("beforeunload", leave);
      void session.flush();
    };
  }, [session]);
  return session;
}

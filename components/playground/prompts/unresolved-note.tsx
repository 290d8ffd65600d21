"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { useSettled } from "@/components/ui/use-settled";
import type { LoadedPrompt } from "@/lib/playground";
import { currentContent, isUnresolved, noteResolved, resolveHere } from "@/lib/playground/client";
import type { Session } from "../session";

interface UnresolvedNoteProps {
  session: Session;
  prompt: LoadedPrompt;
}

/** Reads what a changed text refers to, and says why where it cannot be read. */
export function UnresolvedNote({ session: { workspace }, prompt }: UnresolvedNoteProps) {
  const client = useQueryClient();
  // Typing a reference must not ask for every beginning of its name.
  const settled = useSettled(prompt, 400);
  const isDue = isUnresolved(prompt) && settled === prompt;
  const reading = useQuery({
    queryKey: ["playground", "resolved", prompt.name, prompt.version, currentContent(prompt)],
    queryFn: () => resolveHere(client, currentContent(prompt), prompt),
    enabled: isDue,
    retry: false,
    gcTime: 0,
  });
  const { data } = reading;
  useEffect(() => {
    if (isDue && data) noteResolved(workspace, prompt, data);
  }, [workspace, prompt, isDue, data]);
  if (!isDue || !reading.isError) return null;
  return (
    <Note tone="warn" alert>
      What it refers to cannot be put in its place, so that it cannot run. {reading.error.message}{" "}
      <Button variant="ghost" size="sm" onClick={() => void reading.refetch()}>
        Try again
      </Button>
    </Note>
  );
}

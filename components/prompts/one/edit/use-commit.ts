"use client";
import { useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import { AppError, isAppError } from "@/lib/core";
import { mergeResult, type PromptDetail, type PromptVersion } from "@/lib/prompts";
import { draftQuery, mergeDraft, refreshPrompts } from "@/lib/prompts/client";
import type { Clash } from "./draft-dialog";
import type { DraftSession } from "./draft-session";

interface CommitOptions {
  prompt: PromptDetail;
  session: DraftSession;
  onClash: (clash: Clash) => void;
  onSaved: (version: number) => void;
}

/** Makes the draft a version: what was typed last is kept first, and a clash is handed on instead of thrown. */
export function useCommit({ prompt, session, onClash, onSaved }: CommitOptions) {
  const cache = useQueryClient();
  const { fullName } = prompt;

  async function merge(message: string): Promise<PromptVersion | Clash> {
    const isKept = await session.flush();
    const { revision } = session.store.getState();
    if (!isKept || revision === null)
      throw new AppError("unavailable", "The draft itself could not be saved; it says why over the text.");
    try {
      return await mergeDraft(fullName, { message, revision });
    } catch (error) {
      const clash = isAppError(error) ? mergeResult.safeParse(error.conflict) : undefined;
      if (!clash?.success) throw error;
      return { result: clash.data, message };
    }
  }

  return async (message: string): Promise<void> => {
    const { baseNumber } = session.store.getState();
    const made = await merge(message);
    if ("result" in made) {
      void refreshPrompts(cache);
      return onClash(made);
    }
    session.stop();
    cache.removeQueries({ queryKey: draftQuery(fullName).queryKey });
    const isMerged = made.number > baseNumber + 1;
    toast(`v${made.number} is saved${isMerged ? `, together with v${made.number - 1}` : ""}.`);
    onSaved(made.number);
    void refreshPrompts(cache);
  };
}

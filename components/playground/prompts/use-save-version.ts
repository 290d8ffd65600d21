"use client";
import type { QueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import { isAppError } from "@/lib/core";
import { type PromptTarget, setLoadedPrompt, withContent } from "@/lib/playground/client";
import { type MergeResult, mergeResult, type VersionCreation } from "@/lib/prompts";
import { createVersion, refreshPrompts } from "@/lib/prompts/client";
import type { Session } from "../session";

type Save = (client: QueryClient, version: VersionCreation) => Promise<MergeResult | null>;

/**
 * Saves a version and goes on from it; null once it is saved, and the merge where another version was saved
 * meanwhile that says something else in the same places.
 */
export function useSaveVersion(session: Session, target: PromptTarget, name: string): Save {
  return async (client, version) => {
    try {
      const made = await createVersion(name, version);
      const isMerged = made.number > version.base + 1;
      toast(`v${made.number} of ${name} is saved${isMerged ? `, together with v${made.number - 1}` : ""}.`);
      void refreshPrompts(client);
      const source = { name, version: made.number, alias: null, written: made.content };
      setLoadedPrompt(session.workspace, target, withContent(source, made.content));
      return null;
    } catch (error) {
      const clash = isAppError(error) ? mergeResult.safeParse(error.conflict) : undefined;
      if (!clash?.success) throw error;
      return clash.data;
    }
  };
}

"use client";
import { useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import type { AliasMoved } from "@/lib/prompts";
import { refreshPrompts, undoAliasMove } from "@/lib/prompts/client";
import { movedWords } from "../moved-words";

/** Takes the last move of an alias back; a refusal is said where toasts are, for its row may be gone. */
export function useUndo(fullName: string) {
  const cache = useQueryClient();
  const read = () => void refreshPrompts(cache);
  return useSend(async ({ alias, id }: Pick<AliasMoved, "alias" | "id">) => {
    try {
      toast(movedWords(await undoAliasMove(fullName, alias, id)));
    } catch (error) {
      toast({ tone: "danger", message: `Nothing was changed. ${(error as Error).message}` });
    }
  }, read);
}

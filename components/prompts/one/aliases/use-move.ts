"use client";
import { useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import type { AliasMove, PromptDetail } from "@/lib/prompts";
import { moveAlias, refreshPrompts, requestMove } from "@/lib/prompts/client";
import { movedWords } from "../moved-words";
import { useUndo } from "./use-undo";

/** Moving an alias and asking for it. When somebody was faster, both ends are read again. */
export function useMove({ fullName }: Pick<PromptDetail, "fullName">, onClose: () => void) {
  const cache = useQueryClient();
  const undo = useUndo(fullName);
  const settle = async <R>(sent: Promise<R>): Promise<R> => {
    try {
      return await sent;
    } finally {
      void refreshPrompts(cache);
    }
  };
  return {
    move: async (alias: string, body: AliasMove) => {
      const moved = await settle(moveAlias(fullName, alias, body));
      toast({
        message: movedWords(moved),
        action: { label: "Undo", onAction: () => undo.send(moved) },
      });
      onClose();
    },
    request: async (alias: string, body: AliasMove) => {
      await settle(requestMove(fullName, alias, body));
      toast(`Requested to move ${alias} to v${body.version}.`);
      onClose();
    },
  };
}

"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { MoveRequest } from "@/lib/prompts";
import { decideMove, refreshPrompts } from "@/lib/prompts/client";
import { PromptName } from "../prompt-name";
import { fromTo } from "./request-words";

/** Takes one's own request back. */
export function WithdrawDialog({ request, onClose }: { request: MoveRequest; onClose: () => void }) {
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Withdraw ${request.alias}: ${fromTo(request)}?`}
      subtitle={<PromptName fullName={request.prompt.fullName} />}
      verb="Withdraw request"
      act={() => decideMove(request.id, { decision: "withdraw" })}
      onDone={() => {
        toast("Request withdrawn.");
        void refreshPrompts(cache);
        onClose();
      }}
    >
      <p>Nobody is asked to decide it any more. You can ask again at any time.</p>
    </ConfirmDialog>
  );
}

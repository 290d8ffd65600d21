"use client";
import { useQueryClient } from "@tanstack/react-query";
import { SettleDialog } from "@/components/prompts/one/edit/settle-dialog";
import { useSend } from "@/components/ui/use-send";
import { type PromptTarget, setLoadedPrompt, withContent } from "@/lib/playground/client";
import type { MergeResult, PromptContent } from "@/lib/prompts";
import type { Session } from "../session";
import { useSaveVersion } from "./use-save-version";

interface ClashDialogProps {
  session: Session;
  target: PromptTarget;
  name: string;
  result: MergeResult;
  message: string;
  onClash: (result: MergeResult) => void;
  onClose: () => void;
}

/** What a version that was saved first and the text here say differently, place by place; then it is tried again. */
export function ClashDialog({ session, target, name, result, message, onClash, onClose }: ClashDialogProps) {
  const client = useQueryClient();
  const { theirs, conflicts } = result;
  const save = useSaveVersion(session, target, name);
  const saving = useSend<PromptContent, MergeResult | null>(
    (content) => save(client, { content, message, base: theirs.number }),
    (again) => (again ? onClash(again) : onClose()),
  );
  const take = (content: PromptContent) => {
    const source = { name, version: theirs.number, alias: null, written: theirs.content };
    setLoadedPrompt(session.workspace, target, withContent(source, content));
    onClose();
  };
  return (
    <SettleDialog
      fullName={name}
      result={result}
      changed={`the text here changed ${conflicts.length === 1 ? "a place" : "places"}`}
      save={{ busy: saving.busy, act: saving.send }}
      take={{ busy: false, act: take, verb: "Take into the playground" }}
      failure={saving.error && `Nothing was saved. ${saving.error.message}`}
      onClose={onClose}
    />
  );
}

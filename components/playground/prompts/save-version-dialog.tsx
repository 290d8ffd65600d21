"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useStore } from "zustand";
import { VersionForm } from "@/components/prompts/one/edit/version-form";
import type { LoadedPrompt } from "@/lib/playground";
import { contentToSave, type PromptTarget, promptChanges } from "@/lib/playground/client";
import type { MergeResult } from "@/lib/prompts";
import { ChangeList } from "../change-list";
import type { Session } from "../session";
import { ClashDialog } from "./clash-dialog";
import { SettingsChoice } from "./settings-choice";
import { useSaveVersion } from "./use-save-version";

interface SaveVersionDialogProps {
  session: Session;
  target: PromptTarget;
  prompt: LoadedPrompt;
  onClose: () => void;
}

/** What was changed here becomes the next version; where somebody was faster, both are shown first. */
export function SaveVersionDialog({ session, target, prompt, onClose }: SaveVersionDialogProps) {
  const client = useQueryClient();
  const state = useStore(session.workspace.store);
  const [withSettings, setWithSettings] = useState(false);
  const [clash, setClash] = useState<{ result: MergeResult; message: string } | null>(null);
  const save = useSaveVersion(session, target, prompt.name);
  const content = contentToSave(state, target, withSettings);
  const changes = promptChanges(content, prompt.written);
  const send = async (message: string) => {
    const made = await save(client, { content, message, base: prompt.version });
    if (made) setClash({ result: made, message });
    else onClose();
  };
  if (clash) {
    return (
      <ClashDialog
        session={session}
        target={target}
        name={prompt.name}
        result={clash.result}
        message={clash.message}
        onClash={(result) => setClash({ ...clash, result })}
        onClose={onClose}
      />
    );
  }
  return (
    <VersionForm title="Save as version" subtitle={prompt.name} save={send} onClose={onClose}>
      <SettingsChoice session={session} target={target} checked={withSettings} onChange={setWithSettings} />
      {changes.length === 0 ? (
        <p className="text-small text-fg-muted">It says what v{prompt.version} says already.</p>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
          <p className="text-small text-fg-muted">Against v{prompt.version}, from which it started:</p>
          <ChangeList changes={changes} sides={["new", `v${prompt.version}`]} />
        </div>
      )}
    </VersionForm>
  );
}

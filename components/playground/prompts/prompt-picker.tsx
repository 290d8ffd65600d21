"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { Segment } from "@/components/ui/segment";
import { useSend } from "@/components/ui/use-send";
import type { LoadedPrompt } from "@/lib/playground";
import {
  loadBeside,
  loadPrompt,
  type PromptTarget,
  promptAt,
  setLoadedPrompt,
} from "@/lib/playground/client";
import type { VersionChoice } from "@/lib/prompts";
import { letters } from "../figures";
import type { Session } from "../session";
import { useShownColumns } from "../use-shown-columns";
import { PromptSearch } from "./prompt-search";
import { VersionPick } from "./version-pick";

interface PromptPickerProps {
  session: Session;
  onClose: () => void;
}

/** Finds a prompt of the library and one of its versions, and puts it where it was asked for. */
export function PromptPicker({ session, onClose }: PromptPickerProps) {
  const { workspace, view } = session;
  const client = useQueryClient();
  const columns = useShownColumns(session);
  const { promptShown, promptBeside } = view.getState();
  const before = useStore(workspace.store, (state) => promptAt(state, promptShown));
  const [name, setName] = useState<string | null>(before?.name ?? null);
  const [choice, setChoice] = useState<VersionChoice | null>(null);
  const [target, setTarget] = useState<PromptTarget>(promptShown);
  const loading = useSend<{ name: string; choice: VersionChoice }, LoadedPrompt>(
    (asked) => loadPrompt(client, asked.name, asked.choice),
    (prompt) => {
      if (promptBeside) loadBeside(workspace, prompt);
      else setLoadedPrompt(workspace, target, prompt);
      const shown = promptBeside ? workspace.store.getState().columns.at(-1)?.id : target;
      view.setState({ promptShown: shown ?? "all" });
      onClose();
    },
  );
  const load = () => name !== null && choice && loading.send({ name, choice });
  const targets = [
    { value: "all", label: "All" },
    ...columns.map(({ id }, index) => ({ value: id, label: letters[index] ?? "?" })),
  ];
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title={promptBeside ? "Compare with another version" : "Load a prompt"}
      onSubmit={() => void load()}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            {promptBeside
              ? "Goes into a new column, asked with the same values."
              : "Takes the place of what is asked there. Run unchanged, calls are counted as its own."}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            busy={loading.busy}
            kbd="⌘↵"
            disabledReason={
              name === null ? "Needs a prompt" : choice === null ? "Needs a version" : undefined
            }
          >
            Load prompt
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {!promptBeside && columns.length > 1 && (
          <Segment
            label="Load into"
            value={target}
            onChange={setTarget}
            options={targets}
            className="justify-self-start"
          />
        )}
        {name === null ? (
          <PromptSearch
            onChoose={(chosen) => {
              setName(chosen);
              setChoice(null);
            }}
          />
        ) : (
          <VersionPick
            name={name}
            choice={choice}
            onChoose={setChoice}
            onBack={() => {
              setName(null);
              setChoice(null);
              loading.forget();
            }}
          />
        )}
        {loading.error && (
          <Note tone="danger" alert>
            Nothing was loaded. {loading.error.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}

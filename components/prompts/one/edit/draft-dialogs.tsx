"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { PromptDetail } from "@/lib/prompts";
import type { Clash, DraftDialog } from "./draft-dialog";
import type { DraftSession, DraftState } from "./draft-session";

const ChangesDialog = dynamic(() => import("./changes-dialog").then((it) => it.ChangesDialog));
const DiscardDialog = dynamic(() => import("./discard-dialog").then((it) => it.DiscardDialog));
const ElsewhereDialog = dynamic(() => import("./elsewhere-dialog").then((it) => it.ElsewhereDialog));
const MergeDialog = dynamic(() => import("./merge-dialog").then((it) => it.MergeDialog));
const SaveVersionDialog = dynamic(() => import("./save-version-dialog").then((it) => it.SaveVersionDialog));

interface DraftDialogsProps {
  prompt: PromptDetail;
  session: DraftSession;
  state: DraftState;
  dialog: DraftDialog | undefined;
  open: (dialog: DraftDialog | undefined) => void;
  onSaved: (version: number) => void;
  onRestart: () => Promise<void>;
}

/** Whichever dialog is open over a draft; its code is fetched when it is. */
export function DraftDialogs({ prompt, session, state, dialog, open, ...then }: DraftDialogsProps) {
  const [clash, setClash] = useState<Clash>();
  const close = () => {
    open(undefined);
    setClash(undefined);
  };
  const onSaved = (version: number) => {
    close();
    then.onSaved(version);
  };
  const { onRestart } = then;
  const shared = { prompt, session, onClose: close };
  if (clash) {
    return (
      <MergeDialog
        key={clash.result.theirs.number}
        {...shared}
        clash={clash}
        onClash={setClash}
        onSaved={onSaved}
        onRestart={onRestart}
      />
    );
  }
  switch (dialog) {
    case "save":
      return (
        <SaveVersionDialog
          {...shared}
          state={state}
          onClash={(next) => {
            open(undefined);
            setClash(next);
          }}
          onSaved={onSaved}
        />
      );
    case "discard":
      return <DiscardDialog {...shared} onRestart={onRestart} />;
    case "changes":
      return <ChangesDialog prompt={prompt} baseNumber={state.baseNumber} onClose={shared.onClose} />;
    case "elsewhere":
      return <ElsewhereDialog {...shared} state={state} onRestart={onRestart} />;
    default:
      return null;
  }
}

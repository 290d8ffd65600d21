"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { documentOf, promptAt, titleOf } from "@/lib/playground/client";
import type { Session } from "./session";

// What is opened by hand is fetched then.
const CallsDialog = dynamic(() => import("./calls-dialog").then((module) => module.CallsDialog), {
  ssr: false,
});
const ExportDialog = dynamic(() => import("./export-dialog").then((module) => module.ExportDialog), {
  ssr: false,
});
const ShareDialog = dynamic(() => import("./share-dialog").then((module) => module.ShareDialog), {
  ssr: false,
});
const ImportDialog = dynamic(() => import("./import-dialog").then((module) => module.ImportDialog), {
  ssr: false,
});
const RowsDialog = dynamic(() => import("./rows-dialog").then((module) => module.RowsDialog), { ssr: false });

const PromptPicker = dynamic(() => import("./prompts/prompt-picker").then((module) => module.PromptPicker), {
  ssr: false,
});
const SaveVersionDialog = dynamic(
  () => import("./prompts/save-version-dialog").then((module) => module.SaveVersionDialog),
  { ssr: false },
);
const SavePromptDialog = dynamic(
  () => import("./prompts/save-prompt-dialog").then((module) => module.SavePromptDialog),
  { ssr: false },
);

/** The dialog that is open over the comparison, if one is. */
export function Dialogs({ session }: { session: Session }) {
  const { workspace, view } = session;
  const dialog = useStore(view, (state) => state.dialog);
  const target = useStore(view, (state) => state.promptShown);
  const prompt = useStore(workspace.store, (state) => promptAt(state, target));
  const close = () => view.setState({ dialog: null });
  if (dialog === "rows") return <RowsDialog session={session} onClose={close} />;
  if (dialog === "share") return <ShareDialog session={session} onClose={close} />;
  if (dialog === "code") return <CallsDialog session={session} onClose={close} />;
  if (dialog === "prompt") return <PromptPicker session={session} onClose={close} />;
  if (dialog === "save-prompt") return <SavePromptDialog session={session} target={target} onClose={close} />;
  if (dialog === "save-version" && prompt)
    return <SaveVersionDialog session={session} target={target} prompt={prompt} onClose={close} />;
  const state = workspace.store.getState();
  if (dialog === "import")
    return (
      <ImportDialog model={state.columns[0] ?? { engine: "server", model: "pebble-2m" }} onClose={close} />
    );
  if (dialog === "export")
    return (
      <ExportDialog
        title={state.title || titleOf(state)}
        document={documentOf(workspace, "as interrupted")}
        onClose={close}
      />
    );
  return null;
}

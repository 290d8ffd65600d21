"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import {
  callForPrompt,
  callForTurn,
  documentOf,
  pathOf,
  promptAt,
  shownColumns,
  titleOf,
  turnsOf,
} from "@/lib/playground/client";
import { letters } from "./figures";
import type { Session } from "./session";

// What is opened by hand is fetched then.
const CodeDialog = dynamic(() => import("./code-dialog").then((module) => module.CodeDialog), { ssr: false });
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
  if (dialog === "code") return <CodeDialog columns={requestsOf(session)} onClose={close} />;
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

/** What each column was last sent, or would be. */
function requestsOf({ workspace }: Session) {
  const state = workspace.store.getState();
  return shownColumns(state).map((column, index) => {
    const last = turnsOf(pathOf(state), column.id).at(-1);
    const { model, messages, parameters, responseFormat, logprobs, named } = last
      ? callForTurn(workspace, column, last.id)
      : callForPrompt(state, column);
    return {
      letter: letters[index] ?? "?",
      model: column.model,
      engine: column.engine,
      request: { model, messages, parameters, responseFormat, logprobs, named },
    };
  });
}

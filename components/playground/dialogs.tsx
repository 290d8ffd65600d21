"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import {
  callForPrompt,
  callForTurn,
  documentOf,
  pathOf,
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

/** The dialog that is open over the comparison, if one is. */
export function Dialogs({ session }: { session: Session }) {
  const { workspace, view } = session;
  const dialog = useStore(view, (state) => state.dialog);
  const close = () => view.setState({ dialog: null });
  if (dialog === "rows") return <RowsDialog session={session} onClose={close} />;
  if (dialog === "share") return <ShareDialog session={session} onClose={close} />;
  if (dialog === "code") return <CodeDialog columns={requestsOf(session)} onClose={close} />;
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
    const { model, messages, parameters, responseFormat, logprobs } = last
      ? callForTurn(workspace, column, last.id)
      : callForPrompt(state, column);
    return {
      letter: letters[index] ?? "?",
      model: column.model,
      engine: column.engine,
      request: { model, messages, parameters, responseFormat, logprobs },
    };
  });
}

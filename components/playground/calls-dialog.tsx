"use client";
import { useState } from "react";
import { callForPrompt, callForTurn, pathOf, shownColumns, turnsOf } from "@/lib/playground/client";
import { CodeDialog } from "./code-dialog";
import { letters } from "./figures";
import type { Session } from "./session";

/** The calls of all columns as code, as they were when the dialog opened. */
export function CallsDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const [columns] = useState(() => requestsOf(session));
  return <CodeDialog columns={columns} onClose={onClose} />;
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

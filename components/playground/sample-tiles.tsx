"use client";
import { type SampleTask, sampleTasks, startWith } from "@/lib/playground/client";
import type { Session } from "./session";

interface SampleTilesProps {
  session: Session;
  onChosen?: () => void;
}

/** Four tasks to try, each filling the system prompt and the first message. */
export function SampleTiles({ session, onChosen }: SampleTilesProps) {
  const choose = (task: SampleTask) => {
    startWith(session.workspace, { system: task.system, prompt: task.prompt });
    onChosen?.();
  };
  return (
    <ul className="grid flex-1 grid-cols-2 gap-2 max-sm:grid-cols-1">
      {sampleTasks.map((task) => (
        <li key={task.id} className="grid">
          <button
            type="button"
            onClick={() => choose(task)}
            className="grid min-h-13 content-start rounded-2 border border-line-strong px-2.75 py-1.75 text-left transition-state hover:over-hover active:over-press"
          >
            <b>{task.name}</b>
            <span className="text-small text-fg-muted">
              {task.gist}
              {!task.builtIn && <span className="text-fg-subtle"> Needs a larger model.</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

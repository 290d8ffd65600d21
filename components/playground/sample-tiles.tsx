"use client";
import { cx } from "@/components/ui/cx";
import { type SampleTask, sampleTasks, startWith } from "@/lib/playground/client";
import { sampleClass, samplesClass } from "./sample-class";
import { SampleWords } from "./sample-words";
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
    <ul className={samplesClass}>
      {sampleTasks.map((task) => (
        <li key={task.id} className="grid">
          <button
            type="button"
            onClick={() => choose(task)}
            className={cx(sampleClass, "transition-state hover:over-hover active:over-press")}
          >
            <SampleWords task={task} />
          </button>
        </li>
      ))}
    </ul>
  );
}

import { sampleTasks } from "@/lib/playground/client";
import { besidePromptClass, besidePromptHeadClass } from "./prompt-class";
import { sampleClass, samplesClass } from "./sample-class";
import { SampleWords } from "./sample-words";

/** The sample tasks as they will stand beside the prompt. */
export function SamplesToBe() {
  return (
    <div className={besidePromptClass}>
      <b className={besidePromptHeadClass}>Sample tasks</b>
      <ul className={samplesClass}>
        {sampleTasks.map((task) => (
          <li key={task.id} className={sampleClass}>
            <SampleWords task={task} />
          </li>
        ))}
      </ul>
    </div>
  );
}

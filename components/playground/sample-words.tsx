import type { SampleTask } from "@/lib/playground/client";

/** What a sample task is called and does. */
export function SampleWords({ task }: { task: SampleTask }) {
  return (
    <>
      <b>{task.name}</b>
      <span className="text-small text-fg-muted">{task.gist}</span>
    </>
  );
}

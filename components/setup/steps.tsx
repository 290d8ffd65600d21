import { cx } from "@/components/ui/cx";
import { Tile } from "@/components/ui/tile";

export const stepNames = ["administrator", "models", "ready"] as const;
export type Step = (typeof stepNames)[number];

const labels: Record<Step, string> = { administrator: "Administrator", models: "Models", ready: "Ready" };

interface StepsProps {
  current: Step;
  /** What is known of each, under its name. */
  details: Partial<Record<Step, string>>;
}

/** Where one is in the set-up. */
export function Steps({ current, details }: StepsProps) {
  const at = stepNames.indexOf(current);
  return (
    <ol aria-label="Steps" className="max-md:flex max-md:gap-5">
      {stepNames.map((name, index) => {
        const state = index < at ? "done" : index === at ? "now" : "ahead";
        return (
          <li
            key={name}
            aria-current={state === "now" ? "step" : undefined}
            className={cx(
              "relative flex gap-3 md:pb-3.5",
              "md:not-last:after:absolute md:not-last:after:top-4.75 md:not-last:after:-bottom-0.75 md:not-last:after:left-1 md:not-last:after:w-px md:not-last:after:bg-line-strong",
              state === "ahead" ? "text-fg-subtle" : "text-fg",
              state === "now" && "font-strong",
            )}
          >
            <Tile
              status={state === "done" ? "ready" : state === "now" ? "partial" : "idle"}
              className="z-1 mt-1.5"
            />
            <div>
              {labels[name]}
              <span className="block min-h-4.5 text-small font-regular text-fg-subtle max-md:hidden">
                {details[name]}
              </span>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

"use client";
import { Icon } from "@/components/ui/icon";
import type { PromptDetail, VersionUsage } from "@/lib/prompts";
import { duration, money, wholeNumber } from "../figures";
import type { Side } from "../use-prompt-view";
import { useUsage } from "../use-usage";

interface VersionFiguresProps {
  prompt: PromptDetail;
  left: Side | undefined;
  right: Side;
}

const per = (sum: number | null, calls: number, unit = 1) => (sum === null ? null : (unit * sum) / calls);

const figures: [label: string, of: (usage: VersionUsage) => string][] = [
  ["Median latency", ({ latencyMs }) => duration(latencyMs.p50)],
  ["Tokens out per call", ({ outputTokens, calls }) => wholeNumber(per(outputTokens, calls))],
  ["Cost per 1,000 calls", ({ cost, calls }) => money(per(cost, calls, 1_000))],
];

/** What calls of both sides took in 30 days; nothing where neither was called. */
export function VersionFigures({ prompt, left, right }: VersionFiguresProps) {
  const usage = useUsage(prompt).data;
  const of = (side: Side | undefined) =>
    usage?.versions.find(({ version, calls }) => version === side && calls > 0);
  const [before, after] = [of(left), of(right)];
  if (!before && !after) return null;
  return (
    <dl
      aria-label="Figures of 30 days"
      className="grid flex-none grid-cols-3 border-t bg-canvas max-sm:grid-cols-1"
    >
      {figures.map(([label, figure]) => (
        <div key={label} className="min-w-0 border-r px-4 pt-2.5 pb-3 last:border-0">
          <dt className="text-micro text-fg-subtle">{label}</dt>
          <dd className="flex flex-wrap items-center gap-2 text-title font-strong">
            {left !== undefined && (
              <>
                {before ? figure(before) : <NotCalled />}
                <Icon name="arrow-right" size={14} className="text-fg-subtle" />
              </>
            )}
            {after ? figure(after) : <NotCalled />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const NotCalled = () => <span className="text-small font-regular text-fg-subtle">not called</span>;

"use client";
import { Tile, type TileStatus } from "@/components/ui/tile";
import type { LintFinding } from "@/lib/prompts";
import { counted } from "../figures";
import { jumpTo } from "./text-place";

const tiles: Record<LintFinding["severity"], TileStatus> = {
  error: "failed",
  warning: "attention",
  hint: "idle",
};

/** What is probably not meant, and where text of a user could act as an instruction; each leads to its place. */
export function LintPanel({ findings }: { findings: readonly LintFinding[] }) {
  const doubts = findings.filter(({ severity }) => severity !== "hint").length;
  return (
    <section aria-labelledby="findings" className="border-b px-4 py-3">
      <h2 id="findings" className="flex items-baseline gap-2">
        Findings
        <span role="status" className="text-small font-regular text-fg-subtle">
          {findings.length === 0
            ? "none"
            : doubts === 0
              ? counted(findings.length, "hint")
              : `${doubts} to look at`}
        </span>
      </h2>
      {findings.length > 0 && (
        <ul className="mt-1.5 grid">
          {findings.map((finding) => (
            <Finding
              key={`${finding.rule} ${finding.place.message} ${finding.place.start} ${finding.message}`}
              finding={finding}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function Finding({ finding }: { finding: LintFinding }) {
  const { severity, message, place } = finding;
  const isInText = place.message !== null || place.start !== undefined;
  const words = (
    <>
      <Tile status={tiles[severity]} size={7} className="mt-1.5" />
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className="sr-only">{severity}: </span>
        {message}
        {place.message !== null && <span className="text-fg-subtle"> Message {place.message + 1}.</span>}
      </span>
    </>
  );
  const row = "flex w-full items-start gap-2 rounded-1 py-1 text-left text-small";
  if (!isInText) return <li className={row}>{words}</li>;
  return (
    <li>
      <button type="button" onClick={() => jumpTo(place)} className={`${row} hover:bg-hover max-sm:min-h-11`}>
        {words}
      </button>
    </li>
  );
}

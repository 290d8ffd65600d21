import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { ImportedFile } from "@/lib/prompts";
import { PromptName } from "../prompt-name";
import { ConflictPlaces } from "./conflict-places";

interface ImportResultsProps {
  results: readonly ImportedFile[];
  /** False: what would happen. */
  isDone: boolean;
}

const tones: Record<ImportedFile["outcome"], BadgeTone> = {
  created: "ok",
  changed: "ok",
  merged: "ok",
  unchanged: "plain",
  conflict: "warn",
  refused: "danger",
};

/** Those that need a look first. */
const order: readonly ImportedFile["outcome"][] = [
  "refused",
  "conflict",
  "merged",
  "changed",
  "created",
  "unchanged",
];

/** What becomes of each file. */
export function ImportResults({ results, isDone }: ImportResultsProps) {
  const sorted = results.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return (
    <ul aria-label={isDone ? "What became of the files" : "What would become of the files"}>
      {sorted.map((result) => (
        // A row out of sight costs nothing: an archive holds up to 2,000.
        <li
          key={result.path}
          className="border-b py-1.5 last:border-0 [contain-intrinsic-size:auto_36px] [content-visibility:auto]"
        >
          <span className="flex min-w-0 items-center gap-2">
            {result.name ? (
              <PromptName fullName={result.name} className="min-w-0 flex-1 truncate" />
            ) : (
              <span className="min-w-0 flex-1 truncate font-mono text-small">{result.path}</span>
            )}
            <span className="flex-none text-small text-fg-muted tabular-nums">{versionWord(result)}</span>
            <Badge tone={tones[result.outcome]}>{result.outcome}</Badge>
          </span>
          {result.message && (
            <p className="text-small wrap-anywhere text-fg-muted">
              {result.name && <span className="font-mono">{result.path}: </span>}
              {result.message}
            </p>
          )}
          {result.conflict && <ConflictPlaces conflicts={result.conflict.conflicts} />}
        </li>
      ))}
    </ul>
  );
}

function versionWord({ outcome, version }: ImportedFile): string {
  if (version === null) return "";
  return outcome === "changed" || outcome === "merged" ? `v${version - 1} → v${version}` : `v${version}`;
}

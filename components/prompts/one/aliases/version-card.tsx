"use client";
import { useQuery } from "@tanstack/react-query";
import { cx } from "@/components/ui/cx";
import { Time } from "@/components/ui/time";
import type { PromptDetail } from "@/lib/prompts";
import { versionQuery } from "@/lib/prompts/client";

interface VersionCardProps {
  prompt: PromptDetail;
  /** Null: the alias points nowhere. */
  number: number | null;
  isTarget?: boolean;
}

/** One end of a move: who made the version, when, and what it changed. */
export function VersionCard({ prompt, number, isTarget }: VersionCardProps) {
  const listed = prompt.versions.find((version) => version.number === number);
  const fetched = useQuery({
    ...versionQuery(prompt.fullName, number ?? 1),
    enabled: number !== null && listed === undefined && prompt.may.execute,
  });
  const version = listed ?? (number === null ? undefined : fetched.data);
  return (
    <div
      className={cx(
        "grid min-w-0 content-start self-stretch rounded-2 border px-3 py-2.25",
        isTarget ? "border-accent ring ring-accent" : "border-line-strong",
      )}
    >
      <b>{number === null ? "nowhere" : `v${number}`}</b>
      {number === null ? (
        <span className="text-small text-fg-muted">not set yet</span>
      ) : (
        version && (
          <>
            <span className="truncate text-small text-fg-muted">
              {version.createdBy?.name ?? "Tessera"}, <Time at={version.createdAt} day />
            </span>
            <span className="line-clamp-3 text-small wrap-anywhere">{version.message}</span>
          </>
        )
      )}
    </div>
  );
}

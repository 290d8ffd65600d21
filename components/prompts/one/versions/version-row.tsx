"use client";
import { AliasChip } from "@/components/prompts/alias-chip";
import { Time } from "@/components/ui/time";
import { latest, type PromptDetail, type VersionSummary } from "@/lib/prompts";
import { ruleOf } from "../alias-rights";
import { counted } from "../figures";
import type { PromptViewState } from "../use-prompt-view";
import { ListedRow } from "./listed-row";

interface VersionRowProps {
  prompt: PromptDetail;
  version: VersionSummary;
  view: PromptViewState;
  /** In 30 days; undefined until they are counted. */
  calls: number | undefined;
  /** Of the version that was called most. */
  most: number;
}

/** A version: what points to it, what it changed, who made it, and how often it was called. */
export function VersionRow({ prompt, version, view, calls, most }: VersionRowProps) {
  const { number, message, aliases, createdBy, createdAt } = version;
  return (
    <ListedRow
      side={number}
      name={`v${number}`}
      message={message}
      view={view}
      chips={
        <>
          {number === prompt.lastNumber && <AliasChip alias={latest} />}
          {aliases.map((alias) => (
            <AliasChip key={alias} alias={alias} isProtected={ruleOf(prompt, alias) !== undefined} />
          ))}
        </>
      }
    >
      <span className="min-w-0 truncate">
        {createdBy?.name ?? "Tessera"}, <Time at={createdAt} day />
      </span>
      {calls !== undefined && <Calls calls={calls} most={most} />}
    </ListedRow>
  );
}

function Calls({ calls, most }: { calls: number; most: number }) {
  if (calls === 0) return <span className="ml-auto flex-none">no calls</span>;
  return (
    <span
      className="ml-auto flex flex-none items-center gap-2"
      title={`${counted(calls, "call")} in 30 days; the bar is its share of the version that was called most`}
    >
      <span>
        <b className="text-fg">{calls.toLocaleString("en-US")}</b>
        {calls === 1 ? " call" : " calls"}
      </span>
      <span aria-hidden="true" className="h-1.5 w-11 overflow-hidden rounded-tile bg-line">
        <span className="block h-full bg-fg-subtle" style={{ width: `${(100 * calls) / most}%` }} />
      </span>
    </span>
  );
}

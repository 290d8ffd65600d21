"use client";
import { useStore } from "zustand";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import type { Answer, PlaygroundColumn } from "@/lib/playground";
import type { Live } from "@/lib/playground/client";
import { count, lastAnswered } from "./figures";
import { LiveBadge, OutcomeBadge } from "./outcome-badge";
import type { Session } from "./session";

interface ColumnFooterProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** The state of a column's last answer, where its figures come from, and what to do with it. */
export function ColumnFooter({ session, column, letter }: ColumnFooterProps) {
  const { workspace, runner } = session;
  const turns = useStore(workspace.store, (state) => state.turns);
  const store = workspace.column(column.id);
  const isLive = useStore(store, (state) => state.live !== null);
  const answer = useStore(
    store,
    (state) => state.answers[lastAnswered(state.answers, turns, column.id) ?? ""],
  );
  if (!isLive && !answer) return null;
  return (
    <footer className="flex h-9.5 flex-none items-center gap-2 pr-2 pl-3.5 pointer-coarse:h-11">
      {isLive ? (
        <LiveFooter session={session} column={column} letter={letter} />
      ) : (
        answer && (
          <>
            <OutcomeBadge answer={answer} />
            <Provenance
              kind={answer.metrics?.firstTokenMs == null ? undefined : answer.metrics.provenance}
              answered={answer}
              column={column}
            />
            {answer.text !== "" && (
              <CopyButton text={answer.text} label={`Copy the answer of ${letter}`} compact />
            )}
            <IconButton
              icon="again"
              size="sm"
              label={`Answer again in ${letter}`}
              onClick={() => void runner.regenerate(column.id)}
            />
          </>
        )
      )}
    </footer>
  );
}

function tokensOf({ figures, maxTokens }: Live): string | null {
  if (figures.outputTokens === null) return null;
  const about = figures.estimated ? "≈ " : "";
  return `${about}${count(figures.outputTokens)}${maxTokens ? ` of ${count(maxTokens)}` : ""}`;
}

function LiveFooter({ session, column, letter }: ColumnFooterProps) {
  const store = session.workspace.column(column.id);
  const live = useStore(store, (state) => state.live);
  if (!live) return null;
  return (
    <>
      <LiveBadge live={live} />
      <span className="text-micro whitespace-nowrap text-fg-subtle">{tokensOf(live)}</span>
      <Provenance kind={live.engine.kind === "browser" ? "reported" : "measured"} />
      <IconButton
        icon="stop"
        size="sm"
        label={`Stop ${letter}`}
        onClick={() => session.runner.stop(column.id)}
      />
    </>
  );
}

const provenance = {
  reported: { words: "reported by the client", why: "Counted in this browser; the server cannot check it." },
  measured: { words: "measured here", why: "Tokens counted by the server, times by this page." },
};

interface ProvenanceProps {
  kind?: "reported" | "measured";
  answered?: Answer;
  column?: PlaygroundColumn;
}

function Provenance({ kind, answered, column }: ProvenanceProps) {
  const { words, why } = kind ? provenance[kind] : { words: "", why: "" };
  const moved = answered && column && answered.model !== column.model ? `by ${answered.model}, ` : "";
  return (
    <span title={why} className="ml-auto min-w-0 truncate text-micro text-fg-subtle">
      {moved}
      {words}
    </span>
  );
}

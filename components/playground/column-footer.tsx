"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Switch } from "@/components/ui/switch";
import type { PlaygroundColumn } from "@/lib/playground";
import { formatFor, type Live, turnsOf } from "@/lib/playground/client";
import { type LastAnswer, useLastAnswer } from "./column-figures";
import { count } from "./figures";
import { LiveBadge, OutcomeBadge } from "./outcome-badge";
import { Provenance } from "./provenance";
import type { Session } from "./session";
import { useBaseline } from "./use-baseline";

const DiffCounts = dynamic(() => import("./diff-counts").then((module) => module.DiffCounts));
const FormatBadge = dynamic(() => import("./format-badge").then((module) => module.FormatBadge));

interface ColumnFooterProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** The state of a column's last answer, where its figures come from, and what to do with it. */
export function ColumnFooter(props: ColumnFooterProps) {
  const { session, column } = props;
  const isLive = useStore(session.workspace.column(column.id), (state) => state.live !== null);
  const last = useLastAnswer(session, column.id);
  if (!isLive && !last) return null;
  return (
    <footer className="flex min-h-9.5 flex-none items-center gap-x-2 @max-[18rem]:flex-wrap pr-2 pl-3.5 pointer-coarse:min-h-11">
      {isLive ? <LiveFooter {...props} /> : last && <EndedFooter {...props} last={last} />}
    </footer>
  );
}

function EndedFooter({ session, column, letter, last }: ColumnFooterProps & { last: LastAnswer }) {
  const { workspace, runner, view } = session;
  const { answer, turnId } = last;
  const format = useStore(workspace.store, (state) => formatFor(state, column));
  const prefill = useStore(
    workspace.store,
    ({ turns }) => turnsOf(turns, column.id).find(({ id }) => id === turnId)?.prefill ?? "",
  );
  const scored = useStore(view, (state) => state.scored.includes(column.id));
  const toggle = (list: string[]) =>
    list.includes(column.id) ? list.filter((id) => id !== column.id) : [...list, column.id];
  return (
    <>
      <OutcomeBadge answer={answer} />
      {format.type !== "text" && answer.outcome !== "failed" && (
        <FormatBadge format={format} text={prefill + answer.text} />
      )}
      <Against session={session} column={column} last={last} />
      <Provenance answer={answer} column={column} />
      {answer.logprobs && (
        <IconButton
          icon="eye"
          size="sm"
          aria-pressed={scored}
          label={`Probabilities of the tokens in ${letter}`}
          onClick={() => view.setState((state) => ({ scored: toggle(state.scored) }))}
        />
      )}
      {answer.text !== "" && <CopyButton text={answer.text} label={`Copy the answer of ${letter}`} compact />}
      <IconButton
        icon="again"
        size="sm"
        label={`Answer again in ${letter}`}
        onClick={() => void runner.regenerate(column.id)}
      />
    </>
  );
}

interface AgainstProps {
  session: Session;
  column: PlaygroundColumn;
  last: LastAnswer;
}

/** The switch to what differs from the baseline, or that this is the baseline. */
function Against({ session, column, last }: AgainstProps) {
  const { isBaseline, letter, text, against } = useBaseline(session, column.id, last.turnId);
  const diffs = useStore(session.view, (state) => state.diffs);
  if (isBaseline) return diffs.length > 0 && <Badge tone="accent">baseline</Badge>;
  if (text === undefined || last.answer.text === "") return null;
  return (
    <>
      <Switch
        checked={against !== undefined}
        onChange={(on) =>
          session.view.setState({
            diffs: on ? [...diffs, column.id] : diffs.filter((id) => id !== column.id),
          })
        }
      >
        Diff to {letter}
      </Switch>
      {against !== undefined && <DiffCounts before={against} after={last.answer.text} />}
    </>
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

"use client";
import { cx } from "@/components/ui/cx";
import { TileBar } from "@/components/ui/tile-bar";
import type { PlaygroundColumn } from "@/lib/playground";
import { useFigures, useTileUnit } from "./column-figures";
import { count, duration, money, rate, tilesInBar } from "./figures";
import type { Session } from "./session";

interface ReadOutProps {
  label: string;
  value: string | null;
  unit?: string;
  /** Beside the figure, where there is room. */
  note?: string;
  title: string;
  /** Being measured now. */
  live?: boolean;
  /** There was a run, so a missing figure could not be measured. */
  ran: boolean;
  /** What stands for a figure that a run did not give. */
  missing?: string;
}

function ReadOut({ label, value, unit, note, title, live, ran, missing = "not measured" }: ReadOutProps) {
  return (
    <div title={title} className="min-w-0 border-r pt-1.75 pb-2 pl-2.5 first:pl-3.5 last:border-r-0">
      <dt className="text-micro leading-3.5 whitespace-nowrap text-fg-subtle">{label}</dt>
      <dd className={cx("truncate text-read leading-5 font-strong tracking-[-.01em]", live && "text-live")}>
        {value === null ? (
          <span className="text-micro font-regular tracking-normal text-fg-subtle">
            {ran ? missing : "–"}
          </span>
        ) : (
          <>
            {value}
            {unit && (
              <span className="ml-0.5 text-micro font-regular tracking-normal text-fg-subtle">{unit}</span>
            )}
            {note && (
              <span className="ml-2 text-micro font-regular tracking-normal text-fg-subtle @max-[34rem]:hidden">
                {note}
              </span>
            )}
          </>
        )}
      </dd>
    </div>
  );
}

interface ReadOutsProps {
  session: Session;
  column: PlaygroundColumn;
}

/** The instrument strip of a column: three figures and the bar of whole tiles under them. */
export function ReadOuts({ session, column }: ReadOutsProps) {
  const figures = useFigures(session, column);
  const unit = useTileUnit(session);
  // A failure before the first word measured nothing, and that is said where the failure is.
  const ran = figures !== null && !figures.live && figures.outputTokens !== null;
  const live = figures?.live ?? false;
  const [first, firstUnit] = figures?.firstTokenMs != null ? duration(figures.firstTokenMs) : [null];
  const speed = figures?.tokensPerSecond ?? null;
  const about = figures?.estimated ? "≈ " : "";
  const loadMs = figures?.loadMs;
  const tokens =
    figures?.inputTokens != null || figures?.outputTokens != null
      ? `${figures.inputTokens == null ? "–" : count(figures.inputTokens)} / ${figures.outputTokens == null ? "–" : about + count(figures.outputTokens)}`
      : null;
  return (
    <div className="flex-none border-b">
      <dl className="grid grid-cols-[1fr_.85fr_1fr_1.15fr]">
        <ReadOut
          label="First token"
          value={first ?? null}
          unit={firstUnit}
          note={loadMs ? `${(loadMs / 1000).toFixed(1)} s load` : undefined}
          title={`From Run to the first text${loadMs ? `, ${duration(loadMs).join(" ")} of it loading the model` : ""}`}
          ran={ran}
        />
        <ReadOut
          label="Tokens/s"
          value={speed === null ? null : about + rate(speed)}
          title="Tokens after the first text, divided by the time they took"
          live={live}
          ran={ran}
        />
        <ReadOut label="In / out" value={tokens} title="Tokens of the prompt / of the answer" ran={ran} />
        <ReadOut
          label="Cost"
          value={figures?.cost === undefined ? null : money(figures.cost)}
          missing="unknown"
          title="US dollars for this answer, by the prices of its connection; models run here cost nothing a token"
          ran={ran}
        />
      </dl>
      <div className="px-3.5 pb-2">
        <TileBar
          value={speed ?? 0}
          total={unit * tilesInBar}
          tiles={tilesInBar}
          live={live}
          caption={`one tile is ${count(unit)} tokens/s`}
        />
      </div>
    </div>
  );
}

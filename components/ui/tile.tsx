import { cx } from "./cx";

export type TileStatus = "ready" | "live" | "partial" | "idle" | "attention" | "failed";

const colours: Record<TileStatus, string> = {
  ready: "text-ok-solid",
  live: "text-live-solid motion-safe:animate-live",
  partial: "text-accent",
  idle: "text-fg-subtle",
  attention: "text-warn-solid",
  failed: "text-danger",
};

interface TileProps {
  status: TileStatus;
  size?: 7 | 9;
  /** Takes the colour of the text around it, as inside badges. */
  inherit?: boolean;
  className?: string;
}

/** A status by shape first and colour second; the word always stands beside it. */
export function Tile({ status, size = 9, inherit, className }: TileProps) {
  return (
    <svg
      viewBox="0 0 9 9"
      aria-hidden="true"
      className={cx(
        "inline-block flex-none overflow-visible",
        size === 7 ? "size-[7px]" : "size-[9px]",
        inherit ? status === "live" && "motion-safe:animate-live" : colours[status],
        className,
      )}
    >
      <Shape status={status} />
    </svg>
  );
}

function Shape({ status }: { status: TileStatus }) {
  if (status === "attention") return <path d="M4.5 0L9.5 9H-.5z" fill="currentColor" />;
  if (status === "failed")
    return <path d="M.6.6l7.8 7.8M8.4.6L.6 8.4" stroke="currentColor" strokeWidth="2" fill="none" />;
  if (status === "ready" || status === "live")
    return <rect width="9" height="9" rx="1.5" fill="currentColor" />;
  return (
    <>
      <rect
        x=".75"
        y=".75"
        width="7.5"
        height="7.5"
        rx="1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
      {status === "partial" && <path d="M.75 8.25V.75h7.5z" fill="currentColor" />}
    </>
  );
}

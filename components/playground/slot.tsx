import { cx } from "@/components/ui/cx";

/** The letter a column is called by. */
export function Slot({ letter, quiet }: { letter: string; quiet?: boolean }) {
  return (
    <span
      className={cx(
        "grid size-4.5 flex-none place-items-center rounded-[2px] text-micro font-strong",
        quiet ? "bg-press text-fg-muted" : "bg-ink text-on-ink",
      )}
    >
      {letter}
    </span>
  );
}

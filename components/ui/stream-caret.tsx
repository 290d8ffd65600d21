/** The gold tessera at the end of text that is being written now. */
export function StreamCaret() {
  return (
    <span
      aria-hidden="true"
      className="ml-0.5 inline-block h-3.5 w-2 rounded-[1px] border border-live-solid bg-gold align-[-2px] motion-safe:animate-live"
    />
  );
}

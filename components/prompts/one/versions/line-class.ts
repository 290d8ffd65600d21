/** One line of code-like text, 24 px; what is out of sight is not laid out. */
export const lineClass =
  "grid min-h-6 font-mono text-[12.5px] leading-6 [contain-intrinsic-size:auto_24px] [content-visibility:auto]";

export const numberClass = "pr-3 text-right font-sans text-micro leading-6 text-fg-subtle select-none";

/** A line with a change, at a third of the tint of what changed. */
export const goneLine = "bg-del-bg/34";
export const newLine = "bg-ins-bg/34";

/** Where a line of the other side has no neighbour. */
export const noLine = "bg-[repeating-linear-gradient(-45deg,transparent_0_5px,var(--hover)_5px_7px)]";

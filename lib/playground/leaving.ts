/** A page that is left has this long to be gone: milliseconds. */
const patience = 30_000;

export interface Leaving {
  /** Resolves at once, unless the page is being left: then only if it turns out that it stays. */
  unlessLeft(): Promise<void>;
  stop(): void;
}

/**
 * Tells a connection that broke from one that the browser cut because the page is being left. The latter is no
 * failure: what had arrived is kept as interrupted.
 */
export function watchLeaving(): Leaving {
  let left = Number.NEGATIVE_INFINITY;
  const note = () => {
    left = performance.now();
  };
  globalThis.addEventListener?.("beforeunload", note);
  return {
    async unlessLeft() {
      const since = performance.now() - left;
      if (since < patience) await new Promise((resolve) => setTimeout(resolve, patience - since));
    },
    stop: () => globalThis.removeEventListener?.("beforeunload", note),
  };
}

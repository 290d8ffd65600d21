const pollMs = 500;

interface LockOptions {
  signal?: AbortSignal;
  /** Called now and then while another tab holds it. */
  onWait?(): Promise<void>;
}

const nameOf = (url: string) => `tessera-models ${url}`;

/**
 * Does something with a file of a model while no other tab or worker of this browser does. Where there are no
 * locks (plain HTTP from another machine) nothing is kept either, so that nobody gets in another's way.
 */
export async function withFileLock<T>(
  url: string,
  act: () => Promise<T>,
  { signal, onWait }: LockOptions = {},
): Promise<T> {
  if (!("locks" in navigator)) return act();
  const poll = onWait && setInterval(() => void onWait().catch(() => undefined), pollMs);
  try {
    return await navigator.locks.request(nameOf(url), { signal }, () => {
      clearInterval(poll);
      return act();
    });
  } finally {
    clearInterval(poll);
  }
}

/** The files under a path that a tab or worker of this browser fetches or reads now. */
export async function isLocked(under: string): Promise<boolean> {
  const locks = await navigator.locks?.query();
  return Boolean(locks?.held?.some(({ name }) => name?.startsWith(nameOf(under))));
}

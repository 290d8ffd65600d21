export interface ToastInput {
  message: string;
  /** Errors stay until they are closed. */
  tone?: "ok" | "danger";
  action?: { label: string; onAction: () => void };
}

export interface ToastEntry extends ToastInput {
  id: number;
}

let entries: readonly ToastEntry[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(value: readonly ToastEntry[]): void {
  entries = value;
  for (const listener of listeners) listener();
}

/** Says in one line what happened. At most three stand at once. */
export function toast(input: string | ToastInput): void {
  const entry = typeof input === "string" ? { message: input } : input;
  set([...entries, { ...entry, id: next++ }].slice(-3));
}

export function dismissToast(id: number): void {
  set(entries.filter((entry) => entry.id !== id));
}

export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: (): readonly ToastEntry[] => entries,
};

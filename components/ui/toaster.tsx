"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { IconButton } from "./icon-button";
import { Tile } from "./tile";
import { dismissToast, type ToastEntry, toastStore } from "./toast-store";

export { toast } from "./toast-store";

const none: readonly ToastEntry[] = [];

/** Where toasts appear: bottom right, above the dock on narrow screens. */
export function Toaster() {
  const entries = useSyncExternalStore(toastStore.subscribe, toastStore.read, () => none);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed right-3 bottom-16 left-3 z-(--layer-toast) grid justify-items-end gap-2 sm:bottom-4 sm:left-auto"
    >
      {entries.map((entry) => (
        <Toast key={entry.id} entry={entry} />
      ))}
    </div>
  );
}

const staysMs = 6000;

function Toast({ entry }: { entry: ToastEntry }) {
  const [held, setHeld] = useState(false);
  const failed = entry.tone === "danger";
  useEffect(() => {
    if (held || failed) return;
    const timer = setTimeout(() => dismissToast(entry.id), staysMs);
    return () => clearTimeout(timer);
  }, [held, failed, entry.id]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      className="pointer-events-auto flex min-h-10 w-full max-w-105 items-center gap-2.5 rounded-2 bg-raised py-1.5 pr-1.5 pl-3 shadow-lift-2 motion-safe:animate-rise sm:min-w-75"
    >
      <Tile status={failed ? "failed" : "ready"} />
      <span className="min-w-0 flex-1 wrap-anywhere">{entry.message}</span>
      {entry.action && (
        <button
          type="button"
          className="px-1 text-accent hover:text-accent-strong"
          onClick={() => {
            entry.action?.onAction();
            dismissToast(entry.id);
          }}
        >
          {entry.action.label}
        </button>
      )}
      <IconButton icon="close" label="Close" size="sm" onClick={() => dismissToast(entry.id)} />
    </div>
  );
}

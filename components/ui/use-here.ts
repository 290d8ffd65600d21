"use client";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether this runs in the browser; false there too while it takes over what the server rendered, so that both agree. */
export function useHere(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

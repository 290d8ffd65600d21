"use client";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

function onApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** True on Apple keyboards; the server renders the other form and the browser corrects it. */
export function useAppleKeys(): boolean {
  return useSyncExternalStore(never, onApple, () => false);
}

/** Keys are written once in Apple's signs, ⌘K, and shown as the keyboard at hand prints them. */
export function keyLabel(keys: string, apple: boolean): string {
  return apple ? keys : keys.replaceAll("⌘", "Ctrl ").replaceAll("⇧", "Shift ").replaceAll("⌥", "Alt ");
}

"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { Person } from "./person";
import { openKeys, openPalette, useShell } from "./shell-store";

const Palette = dynamic(() => import("./palette").then((module) => module.Palette), { ssr: false });
const KeysDialog = dynamic(() => import("./keys-dialog").then((module) => module.KeysDialog), { ssr: false });

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Keys that act everywhere, and what they open; loaded when first asked for. */
export function ShellKeys({ person }: { person: Person }) {
  const { palette, keys } = useShell();
  const [wanted, setWanted] = useState({ palette: false, keys: false });
  if ((palette && !wanted.palette) || (keys && !wanted.keys)) {
    setWanted({ palette: wanted.palette || palette, keys: wanted.keys || keys });
  }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey) {
        event.preventDefault();
        openPalette();
      } else if (event.key === "?" && !isTyping(event.target)) {
        event.preventDefault();
        openKeys();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      {wanted.palette && <Palette person={person} />}
      {wanted.keys && <KeysDialog />}
    </>
  );
}

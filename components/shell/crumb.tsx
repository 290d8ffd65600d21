"use client";
import { useEffect } from "react";
import { useShell } from "./shell-store";

/** Names the open thing in the top bar while it is mounted. */
export function Crumb({ label }: { label: string }) {
  useEffect(() => {
    useShell.setState({ crumb: label });
    return () => useShell.setState({ crumb: undefined });
  }, [label]);
  return null;
}

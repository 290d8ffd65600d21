"use client";
import { useEffect } from "react";
import { type Place, useShell } from "./shell-store";

interface CrumbProps {
  label: string;
  /** What it lies in, from the outside in. */
  trail?: readonly Place[];
}

/** Names the open thing in the top bar while it is mounted. */
export function Crumb({ label, trail = [] }: CrumbProps) {
  const places = JSON.stringify(trail);
  useEffect(() => {
    useShell.setState({ crumb: label, trail: JSON.parse(places) as Place[] });
    return () => useShell.setState({ crumb: undefined, trail: [] });
  }, [label, places]);
  return null;
}

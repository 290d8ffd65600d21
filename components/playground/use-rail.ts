"use client";
import { useEffect } from "react";
import { useMedia } from "@/components/ui/use-media";
import type { Session } from "./session";

/** The widths that a rail was last set for; what is opened by hand stays open when another comparison is shown. */
const widths = new WeakMap<Session["view"], boolean>();

/** The rail stands open where it pushes the work aside, and is closed where it would cover it. */
export function useRail({ view }: Session): void {
  const wide = useMedia("(min-width: 75rem)");
  useEffect(() => {
    if (widths.get(view) === wide) return;
    widths.set(view, wide);
    view.setState({ rail: wide ? "parameters" : null });
  }, [view, wide]);
}

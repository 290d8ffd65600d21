"use client";
import { useEffect } from "react";
import { useMedia } from "@/components/ui/use-media";
import type { Session } from "./session";

/** The rail stands open where it pushes the work aside, and is closed where it would cover it. */
export function useRail({ view }: Session): void {
  const wide = useMedia("(min-width: 75rem)");
  useEffect(() => {
    view.setState({ rail: wide ? "parameters" : null });
  }, [view, wide]);
}

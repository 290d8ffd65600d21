"use client";
import { useEffect } from "react";
import type { Session } from "./session";
import { useChoices } from "./use-choices";

/** Keeps a session told of the models there are. */
export function useKnownModels(session: Session): void {
  const { choices } = useChoices();
  useEffect(() => session.know(choices), [session, choices]);
}

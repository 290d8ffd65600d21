"use client";
import { useEffect, useState } from "react";
import { pathOf } from "@/lib/playground/client";
import { type Shown, shownFigures } from "./figures";
import type { Session } from "./session";

function read(session: Session): Shown[] {
  const state = session.workspace.store.getState();
  const path = pathOf(state);
  return state.columns
    .map(({ id }) => {
      const given = session.workspace.column(id).getState();
      return shownFigures(given.live?.figures ?? null, given, path, id);
    })
    .filter((figures) => figures !== null)
    .filter(({ firstTokenMs }) => firstTokenMs !== null);
}

const every = 250;

/** The figures of the columns that have any, read a few times a second however fast they change. */
export function useMeasured(session: Session): Shown[] {
  const [measured, setMeasured] = useState(() => read(session));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setMeasured(read(session));
      }, every);
    };
    later();
    const stop = session.workspace.subscribe(later);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session]);
  return measured;
}

"use client";
import { useEffect, useState } from "react";
import { type Shown, shownFigures } from "./figures";
import type { Session } from "./session";

function read(session: Session): Shown[] {
  const { columns, turns } = session.workspace.store.getState();
  return columns
    .map(({ id }) => {
      const { live, answers } = session.workspace.column(id).getState();
      return shownFigures(live?.figures ?? null, answers, turns, id);
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

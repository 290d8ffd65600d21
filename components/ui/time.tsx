"use client";
import { useHere } from "./use-here";

interface TimeProps {
  /** ISO 8601. */
  at: string;
  /** Day without the hour. */
  day?: boolean;
}

/** "21 Nov 09:11"; the exact time and its zone on hover. Written in the browser, which knows the zone. */
export function Time({ at, day }: TimeProps) {
  const here = useHere();
  const date = new Date(at);
  return (
    <time dateTime={at} title={here ? exact.format(date) : at} className="whitespace-nowrap">
      {here ? shortTime(date, day) : at.slice(0, 10)}
    </time>
  );
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayMonthYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** Day and hour within this year, the day alone in another. */
export function shortTime(date: Date, day = false, today = new Date()): string {
  if (date.getFullYear() !== today.getFullYear()) return dayMonthYear.format(date);
  return day ? dayMonth.format(date) : `${dayMonth.format(date)} ${clock.format(date)}`;
}

"use client";
import { useEffect, useState } from "react";

/** The value once it has not changed for `delay` milliseconds, so that typing does not ask for every letter. */
export function useSettled<V>(value: V, delay = 200): V {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}

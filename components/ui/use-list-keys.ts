"use client";
import { type KeyboardEvent, useState } from "react";

interface ListKeys {
  active: number;
  setActive: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Arrow, Home, End and Enter over a list whose focus stays in its input. */
export function useListKeys(count: number, onChoose: (index: number) => void, first = 0): ListKeys {
  const [position, setActive] = useState(first);
  const active = Math.min(position, Math.max(0, count - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: count - 1,
    };
    const next = steps[event.key];
    if (next !== undefined && count > 0) {
      event.preventDefault();
      setActive((next + count) % count);
    } else if (event.key === "Enter" && !event.metaKey && !event.ctrlKey && count > 0) {
      event.preventDefault();
      onChoose(active);
    }
  };
  return { active, setActive, onKeyDown };
}

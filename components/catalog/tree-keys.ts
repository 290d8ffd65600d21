"use client";
import type { KeyboardEvent } from "react";
import { useRef } from "react";

const typingMs = 700;

const levelOf = (item: HTMLElement) => Number(item.getAttribute("aria-level"));
const itemsIn = (tree: HTMLElement) => [...tree.querySelectorAll<HTMLElement>("[role=treeitem]")];

/** The keys of a tree: arrows, Home, End, Enter and the first letters of a name. */
export function useTreeKeys(onActive: (id: string) => void) {
  const typed = useRef({ text: "", at: 0 });
  const go = (item: HTMLElement | null | undefined) => {
    if (!item) return;
    onActive(item.dataset.id ?? "");
    item.focus();
  };
  const toggle = (item: HTMLElement) => item.querySelector<HTMLElement>("[data-toggle]")?.click();
  return (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget, key } = event;
    const item = target instanceof HTMLElement ? target.closest<HTMLElement>("[role=treeitem]") : null;
    if (!item || event.metaKey || event.ctrlKey || event.altKey || target !== item) return;
    const items = itemsIn(currentTarget);
    const index = items.indexOf(item);
    const expanded = item.getAttribute("aria-expanded");
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(items[index + 1]),
      ArrowUp: () => go(items[index - 1]),
      Home: () => go(items[0]),
      End: () => go(items.at(-1)),
      ArrowRight: () => {
        if (expanded === "false") toggle(item);
        else if (expanded === "true")
          go(items.slice(index + 1, index + 2).find((next) => levelOf(next) > levelOf(item)));
      },
      ArrowLeft: () => {
        if (expanded === "true") toggle(item);
        else go(items.slice(0, index).findLast((before) => levelOf(before) < levelOf(item)));
      },
      Enter: () => item.querySelector<HTMLElement>("a, [data-more]")?.click(),
    };
    const move = moves[key];
    if (move) {
      event.preventDefault();
      move();
      return;
    }
    if (key.length !== 1 || key === "/" || key === "?") return;
    const now = Date.now();
    const { text, at } = typed.current;
    const next = `${now - at > typingMs ? "" : text}${key.toLowerCase()}`;
    typed.current = { text: next, at: now };
    const start = next.length === 1 ? index + 1 : index;
    const order = [...items.slice(start), ...items.slice(0, start)];
    go(order.find(({ dataset }) => dataset.name?.toLowerCase().startsWith(next)));
  };
}

import { type RefObject, startTransition, useEffect, useState } from "react";

// One watcher for all: one for each of a thousand pieces would hold the page up when an answer appears.
const heard = new WeakMap<Element, () => void>();
let watcher: IntersectionObserver | undefined;

function watch(element: Element, onNear: () => void): () => void {
  // The answer scrolls in a box of its own, which only the second margin reaches into.
  const margins = { rootMargin: "1500px 0px", scrollMargin: "1500px 0px" };
  watcher ??= new IntersectionObserver((entries) => {
    const near = entries.filter(({ isIntersecting }) => isIntersecting);
    startTransition(() => {
      for (const { target } of near) heard.get(target)?.();
    });
  }, margins);
  const observer = watcher;
  heard.set(element, onNear);
  observer.observe(element);
  return () => {
    observer.unobserve(element);
    heard.delete(element);
  };
}

/** Once an element was near what is in sight, it stays so. `from` is the answer before it was measured. */
export function useNear(ref: RefObject<Element | null>, from: boolean): boolean {
  const [near, setNear] = useState(from);
  useEffect(() => {
    const element = ref.current;
    if (near || !element) return;
    if (typeof IntersectionObserver === "undefined") setNear(true);
    else return watch(element, () => setNear(true));
  }, [near, ref]);
  return near || from;
}

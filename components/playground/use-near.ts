import { type RefObject, startTransition, useEffect, useState } from "react";

/** Once an element was near what is in sight, it stays so. `from` is the answer before it was measured. */
export function useNear(ref: RefObject<Element | null>, from: boolean): boolean {
  const [near, setNear] = useState(from);
  useEffect(() => {
    const element = ref.current;
    if (near || !element) return;
    if (typeof IntersectionObserver === "undefined") {
      setNear(true);
      return;
    }
    // The answer scrolls in a box of its own, which only the second margin reaches into.
    const margins = { rootMargin: "1500px 0px", scrollMargin: "1500px 0px" };
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) startTransition(() => setNear(true));
    }, margins);
    observer.observe(element);
    return () => observer.disconnect();
  }, [near, ref]);
  return near || from;
}

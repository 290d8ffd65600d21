import { useEffect, useState } from "react";
import { loadAnswerCheck } from "@/lib/playground/client";

type AnswerChecking = Awaited<ReturnType<typeof loadAnswerCheck>>;

/** What checks answers and formats, fetched when the first is to be checked; null until it is there. */
export function useAnswerCheck(wanted: boolean): AnswerChecking | null {
  const [checking, setChecking] = useState<AnswerChecking | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    loadAnswerCheck().then(
      (module) => {
        if (!left) setChecking(module);
      },
      // Offline: nothing is checked, and the next one asks again.
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [wanted]);
  return wanted ? checking : null;
}

import { Time } from "@/components/ui/time";
import type { Deprecation } from "@/lib/gateway";

/** Since when or from when on something is not to be used, and why. */
export function DeprecationLine({ deprecation }: { deprecation: Deprecation }) {
  const { from, why, isInForce } = deprecation;
  return (
    <>
      Deprecated {isInForce ? "since" : "from"} <Time at={from} day />
      {isInForce ? "" : " on"}: {why}
    </>
  );
}

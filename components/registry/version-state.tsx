import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import type { ModelVersion } from "@/lib/registry";

/** Whether calls reach a version, and whether they should. */
export function VersionState({ version }: { version: Pick<ModelVersion, "state" | "deprecation"> }) {
  const { state, deprecation } = version;
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      {state === "missing" ? (
        <>
          <Tile status="idle" />
          <span title="No call reaches these files now: they were deleted or replaced.">missing</span>
        </>
      ) : (
        <>
          <Tile status={deprecation ? "attention" : "ready"} />
          {deprecation ? (
            <span title={deprecation.why}>
              deprecated {deprecation.isInForce ? "since" : "from"} <Time at={deprecation.from} day />
            </span>
          ) : (
            "ready"
          )}
        </>
      )}
    </span>
  );
}

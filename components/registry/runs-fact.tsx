import { notInBrowser } from "@/components/models/device-needs";
import type { ModelVersion } from "@/lib/registry";
import { downloadNeed, memoryNeed } from "./needs";
import { RunsBadges } from "./runs-badges";

/** Where a version can run, what it takes there, and why not elsewhere. */
export function RunsFact({ version }: { version: ModelVersion }) {
  const { runs, signature, source } = version;
  const { weightBytes } = runs;
  const download = downloadNeed(version);
  return (
    <>
      <RunsBadges runs={runs} />
      {source.origin === "connection" ? (
        <span className="block text-fg-subtle">
          On another machine. What it is made of there can change without notice.
        </span>
      ) : (
        <>
          {weightBytes !== undefined && (
            <span className="block text-fg-subtle">
              {weightBytes === 0
                ? "Needs no weights in memory."
                : `Needs up to ${memoryNeed(version)} of memory while it loads.`}
            </span>
          )}
          {download && (
            <span className="block text-fg-subtle">A browser fetches {download} once and keeps them.</span>
          )}
          {!runs.browser && weightBytes !== undefined && (
            <span className="block text-fg-subtle">{notInBrowser[signature.task]}</span>
          )}
        </>
      )}
    </>
  );
}

import { byteCount } from "@/lib/core";
import type { ModelVersion } from "@/lib/registry";
import { RunsBadges } from "./runs-badges";

/** Loading reads a graph twice: as it stands and rewritten. */
const copies = 2;

/** Where a version can run, what it takes there, and why not elsewhere. */
export function RunsFact({ version }: { version: ModelVersion }) {
  const { runs, signature, source } = version;
  const { weightBytes } = runs;
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
                : `Needs up to ${byteCount(weightBytes * copies)} of memory while it loads.`}
            </span>
          )}
          {!runs.browser && weightBytes !== undefined && (
            <span className="block text-fg-subtle">
              {signature.task === "chat"
                ? "Not in a browser: its weights do not fit into a tab."
                : "Not in a browser: embeddings are made on the server."}
            </span>
          )}
        </>
      )}
    </>
  );
}

import { loadingBytes } from "@/components/models/device-needs";
import { byteCount } from "@/lib/core";
import type { ModelVersion } from "@/lib/registry";

type Needs = Pick<ModelVersion, "runs">;

/** Memory that a version takes at most while it loads: "18 MB". Nothing is known of what runs elsewhere. */
export function memoryNeed({ runs }: Needs): string | undefined {
  if (runs.weightBytes === undefined) return undefined;
  return runs.weightBytes === 0 ? "none" : byteCount(loadingBytes(runs.weightBytes));
}

/** What a browser fetches before it answers; nothing where it cannot run there. */
export function downloadNeed({ runs: { browserBytes } }: Needs): string | undefined {
  return browserBytes === undefined ? undefined : byteCount(browserBytes);
}

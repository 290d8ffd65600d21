import type {
  ModelVersion,
  RegisteredSummary,
  runPlaces,
  VersionOrigin,
  VersionSource,
} from "@/lib/registry";

export const taskWords = { chat: "Chat", embedding: "Embeddings" } as const;

export const originWords: Record<VersionOrigin, string> = {
  "built-in": "built in",
  hub: "from a hub",
  import: "imported",
  connection: "over a connection",
};

/** As `originWords`, where there is little room. */
export const originWord: Record<VersionOrigin, string> = {
  "built-in": "built in",
  hub: "hub",
  import: "import",
  connection: "connection",
};

/** "HuggingFaceTB/SmolLM2-135M-Instruct@0123456, q4" */
export function sourceWords(source: VersionSource): string {
  if (source.origin === "connection") return `${source.connection}/${source.model}`;
  const weights = source.weights ? `, ${source.weights}` : "";
  if (source.origin === "hub") return `${source.repository}@${source.revision.slice(0, 7)}${weights}`;
  return `${originWords[source.origin]}${weights}`;
}

/** Why no alias can be pointed to a version, where there is little room. */
export const unfitWords: Record<NonNullable<ModelVersion["unfit"]>["kind"], string> = {
  deprecated: "deprecated",
  license: "licence not accepted",
  unapproved: "not approved",
  missing: "missing",
};

/** The last word on a version, or that one is asked for. */
export function approvalWord({ approvals }: Pick<ModelVersion, "approvals">) {
  const pending = approvals.find(({ state }) => state === "pending");
  return pending ?? approvals.find(({ state }) => state === "approved" || state === "rejected");
}

/** Figures as they are written on cards: shares of one in percent, others with three digits. */
export function metricWord(value: number): string {
  return isShare(value) ? `${(value * 100).toFixed(1)}\u202F%` : plain(value);
}

/** From one figure to another: between shares in percentage points. */
export function differenceWord(before: number, after: number): string {
  const difference = after - before;
  const size = Math.abs(difference);
  const word = isShare(before) && isShare(after) ? `${(size * 100).toFixed(1)} points` : plain(size);
  return `${difference < 0 ? "−" : "+"}${word}`;
}

const isShare = (value: number) => value >= 0 && value <= 1;
const plain = (value: number) => Number(value.toPrecision(4)).toLocaleString("en-US");

/** "v3 of 3", and "v7, 3 kept" where some were deleted. */
export function versionsWord({ latest, versions }: RegisteredSummary): string {
  if (!latest) return "none";
  if (versions === 1) return `v${latest.number}`;
  return latest.number === versions
    ? `v${latest.number} of ${versions}`
    : `v${latest.number}, ${versions} kept`;
}

/** Where a model can run, as what a catalogue is narrowed to. */
export const placeWords: Record<(typeof runPlaces)[number], string> = {
  browser: "Runs in this browser",
  server: "Runs on this server",
  remote: "Runs elsewhere",
};

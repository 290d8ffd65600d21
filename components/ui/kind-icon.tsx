import { cx } from "./cx";
import { Icon, type IconName } from "./icon";

const kinds = {
  table: ["table", "text-kind-data"],
  view: ["view", "text-kind-data"],
  volume: ["volume", "text-kind-data"],
  document: ["document", "text-kind-text"],
  chunks: ["chunks", "text-kind-text"],
  index: ["index", "text-kind-text"],
  prompt: ["prompt", "text-kind-language"],
  model: ["model", "text-kind-language"],
  function: ["function", "text-kind-language"],
  agent: ["agent", "text-kind-language"],
  evaluation: ["evaluation", "text-kind-proof"],
  review: ["review", "text-kind-proof"],
  endpoint: ["endpoint", "text-kind-traffic"],
  trace: ["trace", "text-kind-traffic"],
  connection: ["remote", "text-remote"],
  catalog: ["catalog", "text-fg-muted"],
  schema: ["schema", "text-fg-muted"],
  key: ["key", "text-fg-muted"],
  person: ["person", "text-fg-muted"],
  people: ["people", "text-fg-muted"],
  robot: ["robot", "text-fg-muted"],
  session: ["history", "text-fg-muted"],
  audit: ["audit", "text-fg-muted"],
  playground: ["chat", "text-fg-muted"],
} as const satisfies Record<string, readonly [IconName, string]>;

export type Kind = keyof typeof kinds;

/** The shape says which kind, the colour only the family. */
export function KindIcon({ kind, className }: { kind: Kind; className?: string }) {
  const [icon, colour] = kinds[kind];
  return (
    <span className={cx("inline-grid size-4.5 flex-none place-items-center", colour, className)}>
      <Icon name={icon} />
    </span>
  );
}

import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import type { Explanation } from "@/lib/catalog";
import { principalIcon } from "./icons";
import { Panel } from "./panel";
import type { Reader } from "./reader";
import { peopleWord } from "./words";

/** Everybody who can give the right, and by what. */
export function GrantersPanel({ explanation, reader }: { explanation: Explanation; reader: Reader }) {
  const { granters } = explanation;
  return (
    <Panel title="Who can grant it" count={granters.length}>
      {granters.length === 0 && (
        <p className="p-3 text-small text-fg-muted">
          Nobody: its owner cannot, and no administrator is active.
        </p>
      )}
      <ul>
        {granters.map(({ principal, because }) => (
          <li key={principal.id} className="flex items-center gap-2.5 border-b px-3 py-2 last:border-b-0">
            <Icon name={principalIcon(principal)} className="text-fg-muted" />
            <span className="min-w-0 flex-1">
              <b className="block truncate">{principal.name}</b>
              <span className="block text-micro text-fg-subtle">
                {because}
                {principal.kind === "group" && `, ${peopleWord(principal.members ?? 0)}`}
              </span>
            </span>
            {principal.id === reader.id && <Badge tone="accent">you</Badge>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

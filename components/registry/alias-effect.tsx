import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import type { ModelVersion, RegisteredModel } from "@/lib/registry";
import { AliasBadge } from "./alias-badge";

interface AliasEffectProps {
  model: RegisteredModel;
  alias: string;
  /** Null: it is new. */
  from: number | null;
  to: number;
}

/** From which version to which an alias goes, and what calls by it get then. */
export function AliasEffect({ model, alias, from, to }: AliasEffectProps) {
  const at = (number: number | null) => model.versions.find((version) => version.number === number);
  const unfit = from === to ? null : at(to)?.unfit;
  const called = `${model.name}@${alias}`;
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3">
        <End version={at(from)} />
        <span className="flex flex-col items-center gap-1 text-fg-muted">
          <AliasBadge alias={alias} />
          <Icon name="arrow-right" />
        </span>
        <End version={at(to)} isTarget />
      </div>
      <Note tone={unfit ? "warn" : "plain"}>
        {unfit ? (
          unfit.why
        ) : from === null ? (
          <>
            <code className="wrap-anywhere">{called}</code> is new and gets v{to}.
          </>
        ) : from === to ? (
          <>
            <code className="wrap-anywhere">{called}</code> stands at v{from} already.
          </>
        ) : (
          <>
            <code className="wrap-anywhere">{called}</code> stands at v{from}. From the next call on it gets v
            {to}; v{from} stays.
          </>
        )}
      </Note>
    </>
  );
}

function End({ version, isTarget = false }: { version: ModelVersion | undefined; isTarget?: boolean }) {
  return (
    <div
      className={cx(
        "min-w-0 self-stretch rounded-2 border px-3 py-2 text-small",
        isTarget && "border-accent outline-1 outline-accent",
      )}
    >
      <b>{version ? `v${version.number}` : "nowhere"}</b>
      <span className="block truncate text-fg-muted">
        {version ? <code title={version.servedAs}>{version.servedAs}</code> : "not set yet"}
      </span>
      {version && <span className="block truncate text-fg-subtle">{version.license}</span>}
    </div>
  );
}

import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { KindIcon } from "@/components/ui/kind-icon";
import { kindNoun } from "@/lib/access";
import type { Explanation, PrincipalRef } from "@/lib/catalog";
import { GraphBox } from "./graph-box";
import { boxHeight, type Graph, graphOf, pitch } from "./graph-layout";
import { objectKind, principalIcon } from "./icons";
import { peopleWord } from "./words";

/** The way from somebody to an object. The list below says the same in words, so it is not read out. */
export function AccessGraph({ explanation }: { explanation: Explanation }) {
  const graph = graphOf(explanation);
  return (
    <div aria-hidden="true" className="mt-4 mb-4.5 max-sm:hidden">
      <div className="mb-1.5 grid grid-cols-[24%_minmax(0,1fr)_32%] text-micro text-fg-subtle">
        <span>Principal and groups</span>
        <span />
        <span>Ancestors and object</span>
      </div>
      <div className="grid grid-cols-[24%_minmax(0,1fr)_32%]" style={{ height: graph.height }}>
        <div className="relative">
          <Memberships graph={graph} />
          {graph.principals.map(({ principal }, row) => (
            <GraphBox
              key={principal.id}
              row={row}
              icon={<Icon name={principalIcon(principal)} className="text-fg-muted" />}
              name={principal.name}
              fact={principalFact(principal)}
            />
          ))}
        </div>
        <Edges graph={graph} />
        <div className="relative">
          {graph.objects.slice(1).map(({ object }, row) => (
            <span
              key={object.id}
              style={{ top: row * pitch + boxHeight, height: pitch - boxHeight }}
              className="absolute left-1/2 w-px bg-line-control"
            />
          ))}
          {graph.objects.map(({ object, isMissing }, row) => (
            <GraphBox
              key={object.id}
              row={row}
              icon={<KindIcon kind={objectKind(object.kind)} />}
              name={object.kind === "metastore" ? "this workbench" : object.name}
              fact={`${kindNoun(object.kind)}, owner ${object.owner.name}`}
              isMissing={isMissing}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function principalFact({ kind, isActive, members }: PrincipalRef): string {
  if (kind === "group") return peopleWord(members ?? 0);
  return `${kind === "user" ? "user" : "service principal"}, ${isActive ? "active" : "switched off"}`;
}

/** Who is in what: straight down to the next box, else around the boxes between. */
function Memberships({ graph }: { graph: Graph }) {
  return graph.principals.map(({ principal, from }, row) => {
    if (from === null) return null;
    const isNext = from === row - 1;
    const top = from * pitch + (isNext ? boxHeight : boxHeight / 2);
    const end = row * pitch + (isNext ? 0 : boxHeight / 2);
    return (
      <span
        key={principal.id}
        style={{ top, height: end - top }}
        className={cx(
          "absolute",
          isNext ? "left-1/2 w-0.5 bg-ok-solid" : "-left-2 w-2 border-y-2 border-l-2 border-ok-solid",
        )}
      />
    );
  });
}

/** The lines between both sides, and on each what is held or missing. */
function Edges({ graph }: { graph: Graph }) {
  return (
    <div className="relative">
      <svg
        viewBox={`0 0 100 ${graph.height}`}
        preserveAspectRatio="none"
        fill="none"
        aria-hidden="true"
        className="absolute inset-0 size-full overflow-visible"
      >
        {graph.edges.map(({ key, met, from, to }) => (
          <path
            key={key}
            d={`M0 ${from}C50 ${from} 50 ${to} 100 ${to}`}
            vectorEffect="non-scaling-stroke"
            strokeWidth="1.8"
            strokeDasharray={met ? undefined : "3 5"}
            className={met ? "stroke-ok-solid" : "stroke-danger-solid"}
          />
        ))}
      </svg>
      {graph.edges.map(({ key, met, label, at }) => (
        <span
          key={key}
          style={{ left: `${at.x * 100}%`, top: at.y }}
          className={cx(
            "absolute -translate-1/2 rounded-1 border bg-surface px-1.75 font-mono text-micro leading-4 whitespace-nowrap",
            met ? "border-ok-line text-ok" : "border-danger-line text-danger",
          )}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

import { cx } from "@/components/ui/cx";
import { Tile } from "@/components/ui/tile";
import type { Explanation } from "@/lib/catalog";
import { listWord, needWord, placeWord, verdictWord } from "./words";

/** The answer: its word first, then what decides it in one sentence. */
export function Verdict({ explanation }: { explanation: Explanation }) {
  const { allow, epoch } = explanation;
  return (
    <div
      role="status"
      className={cx(
        "flex items-start gap-3.5 rounded-3 border px-4 pt-3 pb-3.25 max-sm:flex-wrap",
        allow ? "border-ok-line bg-ok-bg/55" : "border-danger-line bg-danger-bg/55",
      )}
    >
      <Tile status={allow ? "ready" : "failed"} className="mt-2 size-[13px]!" />
      <div className="min-w-0 flex-1">
        <h2 className="text-title">{verdictWord(explanation)}</h2>
        <Reason explanation={explanation} />
      </div>
      <span className="text-micro whitespace-nowrap text-fg-muted">
        policy epoch {Number(epoch).toLocaleString("en-US")}
      </span>
    </div>
  );
}

function Reason({ explanation }: { explanation: Explanation }) {
  const { allow, isInactive, principal, privilege, object, conditions } = explanation;
  if (isInactive) {
    return <p className="text-fg-muted">{principal.name} can do nothing until the account is switched on.</p>;
  }
  const passed = conditions.filter(({ met, on }) => met && on.id !== object.id);
  const missing = conditions.filter(({ met }) => !met);
  if (allow) {
    const last = conditions.at(-1)?.evidence;
    const holder = last?.through.at(-1);
    return (
      <p className="text-fg-muted">
        {principal.name} {last && !last.as ? "owns it" : "holds "}
        {(!last || last.as) && <b className="font-mono text-small">{privilege}</b>}
        {holder && holder.id !== principal.id && ` through ${holder.name}`}
        {last && last.at.id !== object.id && `, given on ${last.at.fullName}`}.
      </p>
    );
  }
  return (
    <p className="text-fg-muted">
      {principal.name} {passed.length > 0 && `passes ${listWord(passed.map(({ on }) => on.fullName))}, but `}
      holds no{" "}
      {missing.map(({ need, on }, index) => (
        <span key={`${need} ${on.id}`}>
          {index > 0 && (index === missing.length - 1 ? " and no " : ", no ")}
          <span className="font-mono text-small">{needWord(need)}</span> on {placeWord(on, object)}
        </span>
      ))}
      , directly or through any group.
    </p>
  );
}

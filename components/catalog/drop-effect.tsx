"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import type { DropPreview } from "@/lib/catalog";
import { effectiveByObjectQuery } from "@/lib/catalog/client";
import { FullName } from "./full-name";
import { kindCount, peopleCount } from "./words";

const dayMs = 86_400_000;
const mostNamed = 5;

/** What goes with a dropped object, who cannot use it any more, and until when it can come back. */
export function DropEffect({ preview }: { preview: DropPreview }) {
  const { object, contents, sample, calledNames, grants, policies, keptDays } = preview;
  const [until] = useState(() => new Date(Date.now() + keptDays * dayMs).toISOString());
  const holders = useQuery(effectiveByObjectQuery(object.id));
  const inside = contents.reduce((sum, { count }) => sum + count, 0);
  const people = (holders.data?.entries ?? []).map(({ principal }) => principal.name);
  const more = people.length - mostNamed;
  return (
    <div className="grid gap-2.5">
      {inside > 0 && (
        <Note tone="warn">
          With it go {contents.map(({ kind, count }) => kindCount(kind, count)).join(", ")}.
        </Note>
      )}
      {sample.length > 0 && (
        <ul
          aria-label="What goes with it"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="max-h-36 overflow-y-auto rounded-2 border px-3 py-1.5"
        >
          {sample.map((ref) => (
            <li key={ref.id} className="truncate">
              <FullName object={ref} />
            </li>
          ))}
          {inside > sample.length && (
            <li className="text-small text-fg-muted">{inside - sample.length} more</li>
          )}
        </ul>
      )}
      {policies.length > 0 && (
        <Note tone="warn">
          {policies.length === 1 ? "The policy" : "The policies"} {policies.join(", ")}{" "}
          {policies.length === 1 ? "is" : "are"} set on it or {policies.length === 1 ? "applies" : "apply"}{" "}
          it. Tables that need a function of it cannot be read without it.
        </Note>
      )}
      <p className="text-small text-fg-muted">
        {holders.isPending
          ? "Who may use it is being read. "
          : holders.isError
            ? "Who may use it could not be read. "
            : people.length > 0 &&
              `${peopleCount(people.length)} ${people.length === 1 ? "loses" : "lose"} what they may do with it: ${people.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}. `}
        {calledNames.length > 0 && (
          <>
            Calls of <code>{calledNames.join(", ")}</code> are refused.{" "}
          </>
        )}
        {grants > 0 &&
          `${grants.toLocaleString("en-US")} ${grants === 1 ? "grant is" : "grants are"} kept with it. `}
      </p>
      <p className="text-small">
        It can be brought back until <Time at={until} />.
      </p>
    </div>
  );
}

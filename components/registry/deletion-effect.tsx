"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Note } from "@/components/ui/note";
import { byteCount } from "@/lib/core";
import { leaderboardQuery } from "@/lib/playground/client";
import type { Dependents } from "@/lib/registry";

interface DeletionEffectProps {
  dependents: Dependents;
  /** Of the model. */
  name: string;
  /** Of the version; absent where all go. */
  number: number | undefined;
  /** What helps where something stands in the way. */
  help: ReactNode;
  children: ReactNode;
}

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

/** What goes, what stays, and what stands in the way. */
export function DeletionEffect({ dependents, name, number, help, children }: DeletionEffectProps) {
  const { refusal, aliases, approvals, pending, metrics, served, loaded, calls, alsoIn, files, returning } =
    dependents;
  const board = useQuery({ ...leaderboardQuery({ whose: "everyone" }), enabled: served.length > 0 });
  const votes = (board.data?.groups ?? [])
    .flat()
    .filter(({ model }) => served.includes(model))
    .reduce((sum, row) => sum + row.votes, 0);
  return (
    <>
      {refusal !== null && (
        <Note tone="warn">
          {refusal}
          {help}
        </Note>
      )}
      <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-small">
        <Line name="Aliases">
          {aliases.length === 0
            ? "none"
            : aliases.map(({ alias, version }) => `${alias} → v${version}`).join(", ")}
        </Line>
        <Line name="Go with it">
          {counted(metrics, "figure", "figures")}, {counted(approvals, "approval", "approvals")}
          {pending > 0 && ` (${pending} open)`}
        </Line>
        <Line name="Calls in 30 days">
          {calls.toLocaleString("en-US")}
          {loaded.length > 0 && "; it is in the server’s memory now"}
        </Line>
        {votes > 0 && <Line name="Playground">{counted(votes, "vote", "votes")}, which stay</Line>}
        {alsoIn.length > 0 && (
          <Line name="The same as">
            {alsoIn.join(", ")}, which {alsoIn.length === 1 ? "stays" : "stay"}
          </Line>
        )}
        <Line name="Files">
          {files.deletion === "none"
            ? "none that only this uses"
            : files.deletion === "may"
              ? `${byteCount(files.bytes)}, which nothing else uses`
              : `${byteCount(files.bytes)}, deleted with it: what can be called is registered again`}
        </Line>
        {returning.length > 0 && (
          <Line name="Stays usable">
            {returning.join(", ")}
            {files.deletion === "may"
              ? " unless its files go, registered under its own name"
              : ", registered under its own name"}
          </Line>
        )}
        <Line name="Afterwards">
          {number === undefined
            ? `Calls of ${name}@… are refused; no number of it is given again.`
            : `Calls of ${name}@${number} are refused; ${number} is never given again.`}
        </Line>
      </dl>
      {children}
    </>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-subtle">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}

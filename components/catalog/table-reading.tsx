"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { CatalogObject, PrincipalRef, TableReading as Reading } from "@/lib/catalog";
import { readingQuery } from "@/lib/catalog/client";
import { callText } from "./policy-words";
import { PrincipalsField } from "./principals-field";

/** What somebody would read of a table: through which row filters, with which columns masked. */
export function TableReading({ object }: { object: CatalogObject }) {
  const [asked, setAsked] = useState<readonly PrincipalRef[]>([]);
  const reading = useQuery(readingQuery(object.id, asked[0]?.id));
  return (
    <section aria-labelledby="reading" className="grid gap-3 border-t px-4 py-4">
      <h2 id="reading">What is read of it</h2>
      {object.may.grant && (
        <Field label="By" hint="Empty: by yourself." className="max-w-100">
          <PrincipalsField single value={asked} onChange={setAsked} />
        </Field>
      )}
      {reading.isPending ? (
        <RowsSkeleton rows={2} />
      ) : reading.isError ? (
        <ErrorState
          title="What would be read could not be found out"
          error={reading.error}
          onRetry={() => void reading.refetch()}
        />
      ) : (
        <ReadingText reading={reading.data} isSelf={asked.length === 0} />
      )}
    </section>
  );
}

function ReadingText({ reading, isSelf }: { reading: Reading; isSelf: boolean }) {
  const { principal, canRead, filters, masks, refusals } = reading;
  const who = isSelf ? "You" : principal.name;
  const isPlain = filters.length === 0 && masks.length === 0;
  if (!canRead) {
    return (
      <p role="status">
        {who} {isSelf ? "do" : "does"} not hold SELECT with what it needs: nothing of it is read.
      </p>
    );
  }
  if (refusals.length > 0) {
    return (
      <Note tone="danger">
        {who} cannot read it, although SELECT is held. {refusals.join(" ")}
      </Note>
    );
  }
  return (
    <div role="status" className="grid gap-2">
      <p>
        {who} {isSelf ? "read" : "reads"}{" "}
        {isPlain ? "all of it, as it is." : "it through what its policies set:"}
      </p>
      <ul className="grid gap-1">
        {unlike(filters).map((each) => (
          <li key={callOf(each)}>
            only rows for which <code>{callOf(each)}</code> is TRUE{namesOf(each.policies)}
          </li>
        ))}
        {masks.map((each) => (
          <li key={each.column}>
            <code>{each.column}</code> as <code>{callOf(each)}</code>
            {namesOf(each.policies)}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Applied = Reading["filters"][number];

const callOf = (each: Applied) => callText(each.function?.fullName ?? "a function", each.arguments);

/** Functions whose names are not told can look the same. */
const unlike = (all: readonly Applied[]) => [...new Map(all.map((each) => [callOf(each), each])).values()];

const namesOf = (policies: readonly { name: string }[]) =>
  policies.length > 0 ? `, by ${policies.map(({ name }) => name).join(", ")}` : "";

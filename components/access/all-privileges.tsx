"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Tile } from "@/components/ui/tile";
import type { AllPrivilegesQuery, AllPrivileges as Answers } from "@/lib/catalog";
import { allPrivilegesOfQuery } from "@/lib/catalog/client";
import { NotExplained } from "./not-explained";
import { explainPath } from "./paths";
import { listWord, needWord } from "./words";

/** Everything that can be held on an object, with yes or no and why. */
export function AllPrivileges({ query }: { query: AllPrivilegesQuery }) {
  const found = useQuery(allPrivilegesOfQuery(query));
  if (found.isPending) return <RowsSkeleton rows={8} />;
  if (found.isError) {
    return (
      <NotExplained
        error={found.error}
        object={query.object}
        kind={query.kind ?? "table"}
        onRetry={() => void found.refetch()}
      />
    );
  }
  const { answers, principal, object } = found.data;
  return (
    <Table label={`What ${principal.name} may do on ${object.fullName}`}>
      <thead>
        <tr>
          <Th>Privilege</Th>
          <Th>Answer</Th>
          <Th narrow="hide">Where it comes from, or what is missing</Th>
        </tr>
      </thead>
      <tbody>
        {answers.map((answer) => (
          <Tr key={answer.privilege}>
            <Td>
              <Link
                href={explainPath({
                  principal: principal.handle,
                  privilege: answer.privilege,
                  object: object.fullName,
                  kind: object.kind,
                })}
                className="font-mono text-small font-strong hover:text-accent"
              >
                {answer.privilege}
              </Link>
            </Td>
            <Td>
              <span className="flex items-center gap-2">
                <Tile status={answer.allow ? "ready" : "failed"} />
                {answer.allow ? "yes" : "no"}
              </span>
            </Td>
            <Td narrow="hide" className="w-full text-fg-muted whitespace-normal!">
              <Why answer={answer} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Why({ answer }: { answer: Answers["answers"][number] }) {
  const { allow, missing, at, through, as, privilege } = answer;
  if (!allow) {
    return `${listWord(missing.map(({ need, on }) => `${needWord(need)} on ${on.fullName}`))} ${missing.length === 1 ? "is" : "are"} missing`;
  }
  if (!at) return "everybody who is signed in";
  const holder = through.at(-1)?.name;
  if (as === null) return `${holder} owns ${at.fullName}`;
  return `${as === privilege ? "granted" : `${as} granted`} to ${holder} on ${at.fullName}`;
}

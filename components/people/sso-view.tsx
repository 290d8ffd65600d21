"use client";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Note } from "@/components/ui/note";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { SsoSettings } from "@/lib/auth";
import { LastClaim } from "./last-claim";
import { groupPath } from "./paths";
import { Section } from "./section";

const outcomes: Record<string, string> = { added: "put in", kept: "stayed in", removed: "taken out" };

/** What is set, whether the issuer answers, and what its claim brings. */
export function SsoView({ sso }: { sso: SsoSettings }) {
  const { reach, settings, redirectUri, groups, lastSignIn } = sso;
  return (
    <>
      <Section
        title="Settings"
        actions={
          reach &&
          (reach.ok ? (
            <Badge tone="ok">answers, {reach.ms} ms</Badge>
          ) : (
            <Badge tone="danger">does not work</Badge>
          ))
        }
      >
        {reach && !reach.ok && (
          <Note tone="danger" className="mx-4 mb-3">
            The issuer was asked just now. {reach.why} Nobody can sign in through it until that is mended.
          </Note>
        )}
        <dl className="border-t">
          {settings.map(({ name, value, fromEnvironment }) => (
            <div
              key={name}
              className="grid grid-cols-[220px_minmax(0,1fr)_auto] items-center gap-x-3 border-b px-4 py-1.5 max-sm:grid-cols-1"
            >
              <dt className="font-mono text-small text-fg-muted">{name}</dt>
              <dd className="font-mono text-small break-all">
                {value ?? <span className="text-fg-subtle">not set</span>}
              </dd>
              <dd className="text-small text-fg-subtle">
                {fromEnvironment ? "from the environment" : value === null ? "" : "default"}
              </dd>
            </div>
          ))}
          <div className="grid grid-cols-[220px_minmax(0,1fr)_auto] items-center gap-x-3 border-b px-4 py-1.5 max-sm:grid-cols-1">
            <dt className="text-small text-fg-muted">Address to register there</dt>
            <dd className="font-mono text-small break-all">{redirectUri}</dd>
            <dd>
              <CopyButton text={redirectUri} label="Copy address" compact />
            </dd>
          </div>
        </dl>
        <p className="px-4 pt-2 text-small text-fg-muted">
          Read-only here: the environment sets these when the workbench starts.
        </p>
      </Section>
      <Section title="Mapped groups" count={groups.length}>
        {groups.length === 0 ? (
          <EmptyState
            kind="people"
            title="No group is mapped"
            action={<ButtonLink href="/people/groups">Open groups</ButtonLink>}
          >
            Give a group a claim value, and whoever’s claim has it is in the group from their next sign-in.
          </EmptyState>
        ) : (
          <Table label="Groups with a claim value">
            <thead>
              <tr>
                <Th>Claim value</Th>
                <Th>Group</Th>
                <Th end narrow="hide">
                  Members by sign-in
                </Th>
                <Th narrow="hide">Last sign-in</Th>
              </tr>
            </thead>
            <tbody>
              {groups.map(({ id, name, externalName, members, last }) => (
                <Tr key={id}>
                  <Td className="max-w-60 truncate font-mono text-small">{externalName}</Td>
                  <Td className="max-w-60 truncate">
                    <Link href={groupPath(id)} className="font-strong hover:text-accent">
                      {name}
                    </Link>
                  </Td>
                  <Td end narrow="hide" className="tabular-nums">
                    {members}
                  </Td>
                  <Td narrow="hide" className="text-fg-muted">
                    {last
                      ? `${lastSignIn?.person.name ?? "somebody"} ${outcomes[last]}`
                      : lastSignIn
                        ? "did not name it"
                        : "none yet"}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Section>
      <Section title="Last sign-in">
        <LastClaim report={lastSignIn} />
      </Section>
    </>
  );
}

import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { KindIcon } from "@/components/ui/kind-icon";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { RegisteredSummary } from "@/lib/registry";
import { modelPath } from "@/lib/registry/client";
import { AliasBadge } from "./alias-badge";
import { downloadNeed, memoryNeed } from "./needs";
import { RunsBadges } from "./runs-badges";
import { VersionState } from "./version-state";
import { originWord, taskWords, versionsWord } from "./words";

/** Models with what their last version is. */
export function RegistryTable({ models }: { models: readonly RegisteredSummary[] }) {
  return (
    <Table label="Registered models">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Version</Th>
          <Th narrow="hide">State</Th>
          <Th narrow="hide">Aliases</Th>
          <Th narrow="hide">Task</Th>
          <Th narrow="hide">Runs in</Th>
          <Th end narrow="hide" title="Memory that loading takes at most">
            Memory
          </Th>
          <Th end narrow="hide" title="What a browser fetches before it answers">
            Download
          </Th>
          <Th narrow="hide">Source</Th>
          <Th narrow="hide">Licence</Th>
          <Th narrow="hide">Owner</Th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <Row key={model.id} model={model} />
        ))}
      </tbody>
    </Table>
  );
}

const shownAliases = 2;

function Row({ model }: { model: RegisteredSummary }) {
  const { name, description, aliases, latest, owner, isDeprecated, pending } = model;
  return (
    <Tr>
      <Td title={description} className="max-w-52 max-sm:w-full max-sm:max-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <KindIcon kind={latest?.origin === "connection" ? "connection" : "model"} />
          <Link href={modelPath(name)} className="truncate font-strong hover:text-accent">
            {name}
          </Link>
          {isDeprecated && <Badge tone="warn">deprecated</Badge>}
        </span>
        <span className="block truncate text-small text-fg-subtle sm:hidden">
          {latest
            ? `${taskWords[latest.task]}, ${latest.license === "unknown" ? "licence unknown" : latest.license}`
            : "No versions"}
        </span>
      </Td>
      <Td className="text-fg-muted">
        {versionsWord(model)}
        {pending > 0 && (
          <Badge tone="accent" tile="partial" className="ml-2" title="Somebody asked for an approval">
            {pending}
            <span className="sr-only"> open {pending === 1 ? "request" : "requests"}</span>
          </Badge>
        )}
      </Td>
      <Td narrow="hide">{latest && <VersionState version={latest} />}</Td>
      <Td narrow="hide">
        <span className="flex gap-1.5">
          {aliases.slice(0, shownAliases).map(({ alias, version }) => (
            <Link
              key={alias}
              href={`/registry?alias=${encodeURIComponent(alias)}`}
              title={`Models with ${alias}`}
            >
              <AliasBadge alias={alias} version={version} />
            </Link>
          ))}
          {aliases.length > shownAliases && (
            <span className="text-small text-fg-subtle">+{aliases.length - shownAliases}</span>
          )}
        </span>
      </Td>
      <LatestCells latest={latest} owner={owner} />
    </Tr>
  );
}

function LatestCells({ latest, owner }: Pick<RegisteredSummary, "latest" | "owner">) {
  const person = (
    <Td narrow="hide" className="max-w-32 truncate text-fg-muted">
      {owner?.name ?? "nobody"}
    </Td>
  );
  if (!latest) {
    return (
      <>
        <Td narrow="hide" colSpan={6} className="text-fg-subtle">
          Every version was deleted.
        </Td>
        {person}
      </>
    );
  }
  return (
    <>
      <Td narrow="hide" className="text-fg-muted">
        {taskWords[latest.task]}
      </Td>
      <Td narrow="hide">
        <RunsBadges runs={latest.runs} />
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {memoryNeed(latest) ?? (latest.runs.remote ? "not here" : "unknown")}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        {downloadNeed(latest) ?? "none"}
      </Td>
      <Td narrow="hide" className="text-fg-muted">
        {originWord[latest.origin]}
      </Td>
      <Td narrow="hide" className="max-w-32 truncate text-fg-muted" title={latest.license}>
        {latest.license}
      </Td>
      {person}
    </>
  );
}

"use client";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import type { ModelVersion } from "@/lib/registry";
import { AliasBadge } from "./alias-badge";
import { AliasHistory } from "./alias-history";
import type { TabProps } from "./tab-props";
import { unfitWords } from "./words";

/** Where the aliases point now, and every move that led there. */
export function AliasesTab({ model, open }: TabProps) {
  const { aliases, may } = model;
  const versions = new Map(model.versions.map((version) => [version.number, version]));
  return (
    <>
      {aliases.length === 0 ? (
        <EmptyState
          kind="model"
          title={`${model.name} has no aliases`}
          action={may.manage && <Button onClick={() => open({ kind: "move-alias" })}>Set an alias</Button>}
        >
          An alias such as champion names the version to use. Whoever asks for one that is not there gets an
          error, never another version.
        </EmptyState>
      ) : (
        <Table label={`Aliases of ${model.name}`}>
          <thead>
            <tr>
              <Th>Alias</Th>
              <Th>Points to</Th>
              <Th narrow="hide">Called as</Th>
              <Th end narrow="hide">
                Since
              </Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {aliases.map((alias) => (
              <Tr key={alias.alias}>
                <Td>
                  <AliasBadge alias={alias.alias} />
                </Td>
                <Td>
                  <Target version={versions.get(alias.version)} />
                </Td>
                <Td narrow="hide" className="text-fg-muted">
                  <code>{versions.get(alias.version)?.servedAs}</code>
                </Td>
                <Td end narrow="hide" className="text-fg-muted">
                  <Time at={alias.updatedAt} />
                </Td>
                <Td className="w-0">
                  {may.manage && (
                    <RowActions>
                      <Button
                        size="sm"
                        variant="ghost"
                        icon="pin"
                        onClick={() => open({ kind: "move-alias", alias })}
                      >
                        Move<span className="sr-only"> {alias.alias}</span>
                      </Button>
                      <IconButton
                        icon="trash"
                        size="sm"
                        label={`Remove ${alias.alias}`}
                        onClick={() => open({ kind: "remove-alias", alias })}
                      />
                    </RowActions>
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      <AliasHistory model={model} />
    </>
  );
}

/** The version that an alias means, and why calls by the alias are refused where they are. */
function Target({ version }: { version: ModelVersion | undefined }) {
  if (!version) return null;
  const { number, unfit } = version;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span className="font-strong">v{number}</span>
      {unfit && (
        <span className="inline-flex items-center gap-1.5 text-fg-muted" title={unfit.why}>
          <Tile status="attention" /> {unfitWords[unfit.kind]}
        </span>
      )}
    </span>
  );
}

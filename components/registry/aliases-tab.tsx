"use client";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { AliasBadge } from "./alias-badge";
import { AliasHistory } from "./alias-history";
import type { TabProps } from "./tab-props";

/** Where the aliases point now, and every move that led there. */
export function AliasesTab({ model, open }: TabProps) {
  const { aliases, may } = model;
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
                <Td className="font-strong">v{alias.version}</Td>
                <Td narrow="hide" className="text-fg-muted">
                  <code>{model.versions.find(({ number }) => number === alias.version)?.servedAs}</code>
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

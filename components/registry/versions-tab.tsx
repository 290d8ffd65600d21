"use client";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ModelVersion } from "@/lib/registry";
import { AliasBadge } from "./alias-badge";
import { ApprovalState } from "./approval-state";
import type { TabProps } from "./tab-props";
import { VersionState } from "./version-state";
import { approvalWord, sourceWords } from "./words";

interface VersionsTabProps extends TabProps {
  onCompare: (a: number, b: number) => void;
}

/** Every version, newest first. */
export function VersionsTab({ model, version: current, open, onVersion, onCompare }: VersionsTabProps) {
  return (
    <Table label={`Versions of ${model.name}`}>
      <thead>
        <tr>
          <Th>Version</Th>
          <Th narrow="hide">Called as</Th>
          <Th narrow="hide">Source</Th>
          <Th>State</Th>
          <Th narrow="hide">Approval</Th>
          <Th narrow="hide">Licence</Th>
          <Th end narrow="hide">
            Registered
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {model.versions.map((version) => (
          <Tr key={version.number} selected={version.number === current.number}>
            <Td>
              <span className="flex flex-wrap items-center gap-1.5">
                <button
                  type="button"
                  className="font-strong hover:text-accent"
                  onClick={() => onVersion(version.number)}
                >
                  v{version.number}
                </button>
                {version.aliases.map((alias) => (
                  <AliasBadge key={alias} alias={alias} />
                ))}
              </span>
              <span className="block truncate text-small text-fg-subtle sm:hidden">{version.servedAs}</span>
            </Td>
            <Td narrow="hide" className="max-w-60 truncate">
              <code>{version.servedAs}</code>
            </Td>
            <Td narrow="hide" className="max-w-60 truncate text-fg-muted">
              {sourceWords(version.source)}
            </Td>
            <Td>
              <VersionState version={version} />
            </Td>
            <Td narrow="hide">
              <ApprovalState approval={approvalWord(version)} />
            </Td>
            <Td narrow="hide" className="max-w-40 truncate text-fg-muted" title={version.license}>
              {version.license}
            </Td>
            <Td end narrow="hide" className="text-fg-muted">
              <Time at={version.createdAt} />
            </Td>
            <Td className="w-0">
              <RowActions>
                <Menu
                  items={itemsFor(version, { model, current, open, onCompare })}
                  trigger={<IconButton icon="more" size="sm" label={`More for v${version.number}`} />}
                />
              </RowActions>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function itemsFor(
  { number, deprecation }: ModelVersion,
  {
    model,
    current,
    open,
    onCompare,
  }: Pick<VersionsTabProps, "model" | "open" | "onCompare"> & { current: ModelVersion },
): MenuItem[] {
  const compare: MenuItem = {
    label: `Compare with v${current.number}`,
    icon: "branch",
    onSelect: () => onCompare(Math.min(number, current.number), Math.max(number, current.number)),
    disabledReason: number === current.number ? "choose another version first" : undefined,
  };
  if (!model.may.manage) return [compare];
  return [
    compare,
    {
      label: "Set an alias",
      icon: "pin",
      onSelect: () => open({ kind: "move-alias", version: number }),
    },
    { label: "Edit tags", icon: "tag", onSelect: () => open({ kind: "version-tags", version: number }) },
    {
      label: deprecation ? "Change the deprecation" : "Deprecate",
      icon: "warning",
      separated: true,
      onSelect: () => open({ kind: "deprecate-version", version: number }),
    },
    {
      label: "Delete",
      icon: "trash",
      danger: true,
      onSelect: () => open({ kind: "delete-version", version: number }),
    },
  ];
}

"use client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { PageHead } from "@/components/ui/page-head";
import { formatLink } from "@/lib/playground/client";
import { ModelTagsLine } from "./model-tags-line";
import type { TabProps } from "./tab-props";
import { taskWords } from "./words";

/** What somebody wrote may end without a full stop. */
const sentence = (text: string) => (text === "" || /[.!?…]$/.test(text) ? text : `${text}.`);

/** Name, tags and what can be done with a model. */
export function ModelHead({ model, version, open }: TabProps) {
  const { name, description, tags, deprecation, owner, approvalRequired, may } = model;
  const { servedAs, source, state, signature } = version;
  const engine = source.origin === "connection" ? "remote" : "server";
  const items: MenuItem[] = [
    { label: "Edit", icon: "pencil", onSelect: () => open({ kind: "edit" }) },
    {
      label: "Add a version",
      icon: "plus",
      onSelect: () => open({ kind: "add-version" }),
    },
    ...(may.import
      ? [
          {
            label: "Import a version",
            icon: "download" as const,
            onSelect: () => open({ kind: "import-version" }),
          },
        ]
      : []),
    {
      label: deprecation ? "Take the deprecation back" : "Deprecate",
      icon: "warning",
      separated: true,
      onSelect: () => open({ kind: "deprecate-model" }),
    },
    { label: "Delete", icon: "trash", danger: true, onSelect: () => open({ kind: "delete-model" }) },
  ];
  return (
    <PageHead
      kind={engine === "remote" ? "connection" : "model"}
      title={name}
      badges={
        <>
          <Badge>{taskWords[signature.task]}</Badge>
          {deprecation && (
            <Badge tone="warn" title={deprecation.why}>
              deprecated
            </Badge>
          )}
          {approvalRequired && (
            <Badge icon="shield" title="Aliases point to approved versions only">
              approval required
            </Badge>
          )}
          <ModelTagsLine tags={tags} linked />
        </>
      }
      actions={
        <>
          {signature.task === "chat" && state === "ready" && (
            <ButtonLink
              icon="chat"
              href={`/playground?${formatLink([{ engine, model: servedAs }])}`}
              aria-label={`Open v${version.number} in playground`}
            >
              <span className="max-sm:sr-only">Open in playground</span>
            </ButtonLink>
          )}
          {may.manage && (
            <>
              <Menu items={items} trigger={<IconButton icon="more" label={`More for ${name}`} />} />
              <Button
                variant="primary"
                icon="pin"
                onClick={() => open({ kind: "move-alias", version: version.number })}
              >
                Set an alias
              </Button>
            </>
          )}
        </>
      }
    >
      {sentence(description)} {owner ? `Owner ${owner.name}.` : "Nobody owns it; administrators manage it."}
    </PageHead>
  );
}

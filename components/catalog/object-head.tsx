"use client";
import { explainPath } from "@/components/access/paths";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { PageHead } from "@/components/ui/page-head";
import { TagBadge } from "@/components/ui/tag-badge";
import { kindNoun } from "@/lib/access";
import type { CatalogObject } from "@/lib/catalog";
import { objectActions } from "./object-actions";
import { useGrantKey } from "./use-grant-key";
import type { ObjectDialog } from "./use-object-dialog";
import { iconOf } from "./words";

interface ObjectHeadProps {
  object: CatalogObject;
  open: (dialog: ObjectDialog) => void;
}

/** What somebody wrote may end without a full stop. */
const sentence = (text: string) => (text === "" || /[.!?…]$/.test(text) ? text : `${text}.`);

/** Kind, name, tags and what can be done with an object. */
export function ObjectHead({ object, open }: ObjectHeadProps) {
  const { kind, name, tags, comment, owner, may } = object;
  const items = objectActions(object, open);
  const grant = () => open({ kind: "grant", objects: [object] });
  useGrantKey(may.grant ? grant : undefined);
  return (
    <PageHead
      kind={iconOf(kind)}
      title={name}
      badges={
        <>
          <Badge>{kindNoun(kind)}</Badge>
          {tags
            .filter(({ part }) => part === "")
            .map(({ key, value }) => (
              <TagBadge key={key} name={key} value={value} />
            ))}
        </>
      }
      actions={
        <>
          {items.length > 0 && (
            <Menu items={items} trigger={<IconButton icon="more" label={`More for ${name}`} />} />
          )}
          <ButtonLink icon="eye" href={explainPath({ object: object.fullName, kind })}>
            <span>Explain access</span>
          </ButtonLink>
          {may.grant && (
            <Button variant="primary" icon="plus" onClick={grant}>
              Grant
            </Button>
          )}
        </>
      }
    >
      {sentence(comment)} Owner {owner.name}.
    </PageHead>
  );
}

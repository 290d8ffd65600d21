"use client";
import { objectActions } from "@/components/catalog/object-actions";
import type { ObjectDialog } from "@/components/catalog/use-object-dialog";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { PageHead } from "@/components/ui/page-head";
import { TagBadge } from "@/components/ui/tag-badge";
import type { CatalogObject } from "@/lib/catalog";
import type { PromptDetail } from "@/lib/prompts";
import { AliasMenu } from "./alias-menu";
import { playgroundPath } from "./playground-path";
import { TypeBadge } from "./type-badge";
import type { PromptDialog } from "./use-prompt-dialog";
import type { PromptViewState } from "./use-prompt-view";
import { useUsage } from "./use-usage";

interface PromptHeadProps {
  prompt: PromptDetail;
  /** Of the catalogue; absent until it is read. */
  object: CatalogObject | undefined;
  view: PromptViewState;
  open: (dialog: PromptDialog) => void;
  openObject: (dialog: ObjectDialog) => void;
}

/** What somebody wrote may end without a full stop. */
const sentence = (text: string) => (text === "" || /[.!?…]$/.test(text) ? text : `${text}.`);

/** Kind, name, where it is used, and what can be done with a prompt. */
export function PromptHead({ prompt, object, view, open, openObject }: PromptHeadProps) {
  const { name, comment, owner, tags, may } = prompt;
  const included = useUsage(prompt).data?.includedIn.length ?? 0;
  const items = object ? objectActions(object, openObject) : [];
  return (
    <PageHead
      kind="prompt"
      title={name}
      badges={
        <>
          <TypeBadge prompt={prompt} />
          {Object.entries(tags).map(([key, value]) => (
            <TagBadge key={key} name={key} value={value} />
          ))}
        </>
      }
      actions={
        <>
          {items.length > 0 && (
            <Menu items={items} trigger={<IconButton icon="more" label={`More for ${name}`} />} />
          )}
          {may.execute && (
            <>
              <Button variant="ghost" icon="code" onClick={() => open({ kind: "code" })}>
                <span className="max-sm:sr-only">Code</span>
              </Button>
              <ButtonLink icon="chat" href={playgroundPath(prompt, view.version)}>
                <span className="max-sm:sr-only">Open in playground</span>
              </ButtonLink>
            </>
          )}
          <AliasMenu prompt={prompt} version={view.version} open={open} isQuiet={view.tab === "edit"} />
        </>
      }
    >
      {sentence(comment)} Owner {owner.name}.
      {included > 0 && ` Included in ${included === 1 ? "1 prompt" : `${included} prompts`}.`}
    </PageHead>
  );
}

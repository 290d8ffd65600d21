import { requestPath } from "@/components/access/paths";
import { newPromptPath } from "@/components/prompts/paths";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import type { CatalogObject } from "@/lib/catalog";
import type { ObjectDialog } from "./use-object-dialog";
import { iconOf } from "./words";

interface ContentsEmptyProps {
  object: CatalogObject;
  open: (dialog: ObjectDialog) => void;
}

/** A container in which the reader sees nothing, and what they can do about it. */
export function ContentsEmpty({ object, open }: ContentsEmptyProps) {
  const { kind, name, fullName, may } = object;
  const what = kind === "metastore" ? "catalog" : "schema";
  const canMake = may.create.includes(what);
  return (
    <EmptyState
      kind={kind === "schema" ? "model" : iconOf(kind)}
      title={kind === "metastore" ? "No catalogs you may see" : `Nothing in ${fullName}`}
      action={
        canMake ? (
          <Button variant="primary" icon="plus" onClick={() => open({ kind: "create", what })}>
            New {what}
          </Button>
        ) : may.create.includes("model") ? (
          <>
            <ButtonLink variant="primary" href="/models">
              Add a model
            </ButtonLink>
            {may.create.includes("prompt") && (
              <ButtonLink href={newPromptPath(fullName)}>New prompt</ButtonLink>
            )}
          </>
        ) : may.create.includes("prompt") ? (
          <ButtonLink variant="primary" href={newPromptPath(fullName)}>
            New prompt
          </ButtonLink>
        ) : (
          <ButtonLink href={requestPath(fullName, kind)}>Request access</ButtonLink>
        )
      }
    >
      {may.manage || canMake
        ? `${kind === "metastore" ? "The catalog" : name} is empty.`
        : "There is nothing here, or nothing you may see."}
    </EmptyState>
  );
}

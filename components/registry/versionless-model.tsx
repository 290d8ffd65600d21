"use client";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import type { RegisteredModel } from "@/lib/registry";
import { ModelTagsLine } from "./model-tags-line";
import type { TabProps } from "./tab-props";

/** A model whose versions were all deleted: it waits for the next one, or goes too. */
export function VersionlessModel({ model, open }: { model: RegisteredModel } & Pick<TabProps, "open">) {
  const { name, description, tags, may } = model;
  return (
    <>
      <PageHead
        kind="model"
        title={name}
        badges={<ModelTagsLine tags={tags} linked />}
        actions={
          may.manage && (
            <>
              <Button variant="danger" icon="trash" onClick={() => open({ kind: "delete-model" })}>
                Delete model
              </Button>
              <Button variant="primary" icon="plus" onClick={() => open({ kind: "add-version" })}>
                Add a version
              </Button>
            </>
          )
        }
      >
        {description}
      </PageHead>
      <EmptyState kind="model" title={`${name} has no versions`}>
        All of them were deleted. The next one gets a number that none of them had.
      </EmptyState>
    </>
  );
}

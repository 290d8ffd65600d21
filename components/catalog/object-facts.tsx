"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { promptPath } from "@/components/prompts/paths";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { TagBadge } from "@/components/ui/tag-badge";
import { Time } from "@/components/ui/time";
import type { CatalogObject, PrincipalRef } from "@/lib/catalog";
import { modelPath } from "@/lib/registry/client";
import { FullName } from "./full-name";
import { PrincipalName } from "./principal-name";
import type { ObjectDialog } from "./use-object-dialog";

interface ObjectFactsProps {
  object: CatalogObject;
  admin: boolean;
  open: (dialog: ObjectDialog) => void;
}

/** Owner, dates, tags and properties; what may be changed has a pencil. */
export function ObjectFacts({ object, admin, open }: ObjectFactsProps) {
  const { kind, name, owner, comment, properties, may } = object;
  // Those of columns stand beside them.
  const tags = object.tags.filter(({ part }) => part === "" || kind !== "table");
  return (
    <dl className="grid grid-cols-[minmax(96px,148px)_minmax(0,1fr)] gap-x-3 gap-y-1.5 px-4 py-3.5 [&_dt]:text-small [&_dt]:leading-6.5 [&_dt]:text-fg-subtle">
      <Fact label="Full name">
        <FullName object={object} />
        <CopyButton compact text={object.fullName} label="Copy full name" />
      </Fact>
      {kind === "model" && (
        <Fact label="Versions">
          <Link href={modelPath(name)} className="text-accent hover:text-accent-strong">
            Open {name} in the registry
          </Link>
        </Fact>
      )}
      {kind === "prompt" && (
        <Fact label="Versions">
          <Link href={promptPath(object.fullName)} className="text-accent hover:text-accent-strong">
            Open {name} in the library
          </Link>
        </Fact>
      )}
      {kind === "connection" && admin && (
        <Fact label="Upstream">
          <Link href="/connections" className="text-accent hover:text-accent-strong">
            Open connections
          </Link>
        </Fact>
      )}
      <Fact label="Owner">
        <PrincipalName principal={owner} linked={admin} />
      </Fact>
      <Fact label="Created">
        <When at={object.createdAt} by={object.createdBy} />
      </Fact>
      <Fact label="Changed">
        <When at={object.updatedAt} by={object.updatedBy} />
      </Fact>
      <Fact label="Comment">
        {comment ? <span className="whitespace-pre-wrap wrap-anywhere">{comment}</span> : <None />}
        {may.manage && (
          <IconButton
            icon="pencil"
            size="sm"
            label="Edit the comment"
            onClick={() => open({ kind: "edit" })}
          />
        )}
      </Fact>
      <Fact label="Tags">
        {tags.length > 0 ? (
          <span className="flex flex-wrap gap-1.5">
            {tags.map(({ part, key, value }) => (
              <TagBadge key={`${part} ${key}`} name={part ? `${part}, ${key}` : key} value={value} />
            ))}
          </span>
        ) : (
          <None />
        )}
        {may.tag && (
          <IconButton icon="pencil" size="sm" label="Edit the tags" onClick={() => open({ kind: "tags" })} />
        )}
      </Fact>
      {Object.entries(properties).map(([key, value]) => (
        <Fact key={key} label={<code>{key}</code>}>
          <code className="min-w-0 wrap-anywhere">{value}</code>
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="flex min-h-6.5 min-w-0 items-center gap-1.5">{children}</dd>
    </>
  );
}

const None = () => <span className="text-fg-subtle">none</span>;

function When({ at, by }: { at: string; by: PrincipalRef | null }) {
  return (
    <span>
      <Time at={at} />
      {by && <span className="text-fg-muted"> by {by.name}</span>}
    </span>
  );
}

"use client";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import type { OneTimeLink as Link } from "@/lib/auth";

/** A link to hand over, this once. */
export function OneTimeLink({ link, children }: { link: Link; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Note tone="warn">
        {children} It works once, until <Time at={link.expiresAt} />, and is not shown again.
      </Note>
      <div className="flex items-end gap-2">
        <Field label="Link" className="min-w-0 flex-1">
          <Input mono readOnly value={link.link} onFocus={(event) => event.target.select()} />
        </Field>
        <CopyButton text={link.link} label="Copy link" variant="primary" />
      </div>
    </div>
  );
}

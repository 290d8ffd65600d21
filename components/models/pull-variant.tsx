"use client";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { byteCount } from "@/lib/core";
import type { HubRepository } from "@/lib/models";

export type PulledVariant = HubRepository["variants"][number];

interface PullVariantProps {
  found: HubRepository;
  variant: PulledVariant;
  onVariant: (variant: PulledVariant) => void;
  name: string;
  nameError: string | undefined;
  onName: (name: string) => void;
}

/** Which of a repository's weights is fetched, and what it is called here. */
export function PullVariant({ found, variant, onVariant, name, nameError, onName }: PullVariantProps) {
  return (
    <>
      <Field label="Weights" hint={`${variant.files} files, each checked against the hub's hash.`}>
        <Select
          value={variant.dtype}
          onChange={(dtype) => {
            const chosen = found.variants.find((each) => each.dtype === dtype);
            if (chosen) onVariant(chosen);
          }}
          options={found.variants.map((each) => ({
            value: each.dtype,
            label: each.dtype,
            detail: byteCount(each.bytes),
          }))}
        />
      </Field>
      <Field label="Name" hint="Another one lets two commits stand side by side." error={nameError}>
        <Input mono value={name} onChange={(event) => onName(event.target.value)} />
      </Field>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-1.5 text-small">
        <dt className="text-fg-muted">Licence</dt>
        <dd>
          {found.license}
          {found.gated && ", to be accepted at the hub with the token's account"}
        </dd>
        <dt className="text-fg-muted">Commit</dt>
        <dd className="truncate font-mono">{found.sha}</dd>
      </dl>
    </>
  );
}

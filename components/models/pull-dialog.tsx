"use client";
import { useState } from "react";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { byteCount } from "@/lib/core";
import { type HubRepository, modelName, repositoryQuery } from "@/lib/models";
import { checkRepository, startDownload } from "@/lib/models/client";
import { type PulledVariant, PullVariant } from "./pull-variant";
import { useShowDownload } from "./use-downloads";

interface PullDialogProps {
  onClose: () => void;
  onHub: () => void;
}

const pulled = z.object({ name: modelName });

/** Any repository of the hub: first what it has, then which of it. */
export function PullDialog({ onClose, onHub }: PullDialogProps) {
  const show = useShowDownload();
  const [found, setFound] = useState<HubRepository>();
  const [variant, setVariant] = useState<PulledVariant>();
  const form = useForm({
    schema: repositoryQuery,
    initial: { repository: "", revision: "main" },
    send: checkRepository,
    onDone: (answer) => {
      const [first] = answer.variants;
      setFound(answer);
      setVariant(first);
      naming.set("name", first?.name ?? "");
    },
  });
  const { values, set, errorOf } = form;
  const naming = useForm({
    schema: pulled,
    initial: { name: "" },
    send: ({ name }) => startDownload({ ...values, ...(variant ? { dtype: variant.dtype } : {}), name }),
    onDone: (download) => {
      show(download);
      toast(`${download.name} is being fetched.`);
      onClose();
    },
  });
  const choose = (chosen: PulledVariant) => {
    // What was typed stays.
    if (naming.values.name === variant?.name) naming.set("name", chosen.name);
    setVariant(chosen);
  };
  const type = (field: "repository" | "revision", text: string) => {
    setFound(undefined);
    setVariant(undefined);
    naming.set("name", "");
    set(field, text);
  };
  const failure = naming.failure ?? form.failure;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Pull a repository"
      onSubmit={() => (variant ? naming.submit() : form.submit())}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            {variant
              ? `It will be called ${naming.values.name || variant.name}.`
              : "The hub is asked what the repository has."}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy || naming.busy} kbd="⌘↵">
            {variant ? `Download ${byteCount(variant.bytes)}` : "Check"}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_9rem]">
          <Field label="Repository" hint="With ONNX files, as owner/name." error={errorOf("repository")}>
            <Input
              mono
              autoFocus
              value={values.repository}
              placeholder="onnx-community/Qwen3-0.6B-ONNX"
              onChange={(event) => type("repository", event.target.value)}
            />
          </Field>
          <Field label="Revision" hint="Branch, tag or commit." error={errorOf("revision")}>
            <Input
              mono
              value={values.revision ?? ""}
              onChange={(event) => type("revision", event.target.value)}
            />
          </Field>
        </div>
        {found && variant && (
          <PullVariant
            found={found}
            variant={variant}
            onVariant={choose}
            name={naming.values.name}
            nameError={naming.errorOf("name")}
            onName={(name) => naming.set("name", name)}
          />
        )}
        {found && !variant && (
          <Note tone="warn" alert>
            {found.repository} has no ONNX files, so no engine here can run it.
          </Note>
        )}
        {failure && (
          <Note tone="danger" alert>
            {failure}
            <div className="mt-2">
              <Button
                size="sm"
                icon="sliders"
                onClick={() => {
                  onClose();
                  onHub();
                }}
              >
                Hub settings
              </Button>
            </div>
          </Note>
        )}
      </div>
    </Dialog>
  );
}

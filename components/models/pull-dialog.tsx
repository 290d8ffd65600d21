"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { useSend } from "@/components/ui/use-send";
import { byteCount } from "@/lib/core";
import { type Dtype, type HubRepository, repositoryQuery } from "@/lib/models";
import { checkRepository, startDownload } from "@/lib/models/client";
import { useShowDownload } from "./use-downloads";

interface PullDialogProps {
  onClose: () => void;
  onHub: () => void;
}

/** Any repository of the hub: first what it has, then which of it. */
export function PullDialog({ onClose, onHub }: PullDialogProps) {
  const show = useShowDownload();
  const [found, setFound] = useState<HubRepository>();
  const [dtype, setDtype] = useState<Dtype>();
  const form = useForm({
    schema: repositoryQuery,
    initial: { repository: "", revision: "main" },
    send: checkRepository,
    onDone: setFound,
  });
  const { values, set, errorOf } = form;
  const variant = found?.variants.find((each) => each.dtype === dtype) ?? found?.variants[0];
  const start = useSend(
    () => startDownload({ ...values, ...(variant ? { dtype: variant.dtype } : {}) }),
    (download) => {
      show(download);
      toast(`${download.name} is being fetched.`);
      onClose();
    },
  );
  const type = (field: "repository" | "revision", text: string) => {
    setFound(undefined);
    start.forget();
    set(field, text);
  };
  const failure = start.error?.message ?? form.failure;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Pull a repository"
      onSubmit={() => (variant ? start.send(undefined) : form.submit())}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            {variant ? `It will be called ${variant.name}.` : "The hub is asked what the repository has."}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy || start.busy} kbd="⌘↵">
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
          <>
            <Field label="Weights" hint={`${variant.files} files, each checked against the hub's hash.`}>
              <Select
                value={variant.dtype}
                onChange={(value) => setDtype(value as Dtype)}
                options={found.variants.map((each) => ({
                  value: each.dtype,
                  label: each.dtype,
                  detail: byteCount(each.bytes),
                }))}
              />
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

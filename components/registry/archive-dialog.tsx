"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { ProgressTiles, tileFor } from "@/components/ui/progress-tiles";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { byteCount } from "@/lib/core";
import { gatewayKeys } from "@/lib/gateway/client";
import { dtypes } from "@/lib/models";
import { modelKeys } from "@/lib/models/client";
import { modelPath, refreshRegistry } from "@/lib/registry/client";
import { only, useArchive } from "./use-archive";

interface ArchiveDialogProps {
  /** The registered model that gets it as its next version; absent: a model of its own. */
  target?: { id: string; name: string };
  onClose: () => void;
}

/** A model in a zip archive of this machine. */
export function ArchiveDialog({ target, onClose }: ArchiveDialogProps) {
  const cache = useQueryClient();
  const router = useRouter();
  const { form, file, choose, sent, isSending, cancel } = useArchive(target?.id, ({ name, version }) => {
    toast(`${name} v${version} is imported and checked.`);
    for (const queryKey of [modelKeys.local, gatewayKeys.models]) void cache.invalidateQueries({ queryKey });
    void refreshRegistry(cache);
    if (!target) router.push(modelPath(name));
    onClose();
  });
  const { values, set, errorOf, failure, submit } = form;
  const close = () => {
    cancel();
    onClose();
  };
  return (
    <Dialog
      open
      keep={isSending}
      onOpenChange={(next) => !next && close()}
      title={target ? "Import a version" : "Import an archive"}
      subtitle={target?.name}
      onSubmit={submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            Nothing is unpacked before all names, links and sizes in it are checked.
          </span>
          <Button onClick={close}>{isSending ? "Stop the upload" : "Cancel"}</Button>
          <Button type="submit" variant="primary" busy={isSending} kbd="⌘↵">
            Import
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field
          label="Archive"
          hint="A zip file with config.json, tokenizer.json, tokenizer_config.json and an ONNX graph."
          error={errorOf("file")}
        >
          <Input
            type="file"
            accept=".zip,application/zip"
            className="py-0.75 file:mr-2 file:rounded-1 file:bg-press file:px-2 file:text-small"
            onChange={(event) => choose(event.target.files?.[0])}
          />
        </Field>
        <Field label="Name" hint="Blank takes that of the archive." error={errorOf("name")}>
          <Input mono value={values.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
        <Field label="Weights" hint="Needed where the archive has several graphs." error={errorOf("dtype")}>
          <Select
            value={values.dtype}
            onChange={(value) => set("dtype", value)}
            options={[
              { value: only, label: "the only graph there" },
              ...dtypes.map((dtype) => ({ value: dtype, label: dtype })),
            ]}
          />
        </Field>
        <Field label="Licence" hint="As its author names it; blank is unknown." error={errorOf("license")}>
          <Input
            value={values.license}
            placeholder="Apache-2.0"
            onChange={(event) => set("license", event.target.value)}
          />
        </Field>
        {isSending && file && <Progress sent={sent} total={file.size} />}
        {failure && (
          <Note tone="danger" alert>
            Nothing was imported. {failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}

function Progress({ sent, total }: { sent: number; total: number }) {
  const words = sent < total ? `${byteCount(sent)} of ${byteCount(total)}` : "Checking what arrived";
  return (
    <div className="grid gap-1">
      <ProgressTiles
        label="Upload"
        value={sent}
        total={total}
        tile={tileFor([total])}
        valueText={words}
        state="live"
      />
      <span className="text-small text-fg-muted">{words}</span>
    </div>
  );
}

"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { modelsQuery } from "@/lib/gateway/client";
import { registration } from "@/lib/registry";
import { createModel, modelPath, refreshRegistry } from "@/lib/registry/client";
import { ServedPicker } from "./served-picker";

const form = z.object({
  ...registration.shape,
  description: z.string().max(4000, "4,000 characters at most."),
});

/** A name of one's own, with what is served now as its first version. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const router = useRouter();
  const models = useQuery(modelsQuery());
  const { values, set, errorOf, failure, busy, submit } = useForm({
    schema: form,
    initial: { name: "", description: "", servedAs: "" },
    send: createModel,
    onDone: ({ name }) => {
      toast(`${name} is registered.`);
      void refreshRegistry(cache);
      router.push(modelPath(name));
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Register a model"
      onSubmit={submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">You own it; calls go on as before.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy} kbd="⌘↵">
            Register
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field label="Name" hint="What it is for, not what it is made of." error={errorOf("name")}>
          <Input
            mono
            autoFocus
            value={values.name}
            placeholder="ticket-triage"
            onChange={(event) => set("name", event.target.value)}
          />
        </Field>
        <Field label="Version 1" error={errorOf("servedAs")}>
          <ServedPicker
            models={models.data ?? []}
            value={values.servedAs}
            onChange={(servedAs) => set("servedAs", servedAs)}
          />
        </Field>
        <Field label="Description" hint="Blank takes that of the model." error={errorOf("description")}>
          <Textarea value={values.description} onChange={(event) => set("description", event.target.value)} />
        </Field>
        {failure && (
          <Note tone="danger" alert>
            Nothing was registered. {failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}

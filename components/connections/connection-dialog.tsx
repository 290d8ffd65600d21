"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { Connection } from "@/lib/gateway";
import { gatewayKeys, testConnection } from "@/lib/gateway/client";
import { connectionForm, initialOf, saveConnection, testOf } from "./connection-form";
import { ModelPicker } from "./model-picker";
import { TestResult } from "./test-result";

interface ConnectionDialogProps {
  /** The one to change; absent for a new one. */
  connection?: Connection;
  onClose: () => void;
}

/** Where an API is, its key, and which of its models may be called. */
export function ConnectionDialog({ connection, onClose }: ConnectionDialogProps) {
  const cache = useQueryClient();
  const form = useForm({
    schema: connectionForm,
    initial: initialOf(connection),
    send: (values) => saveConnection(values, connection),
    onDone: (saved) => {
      toast(connection ? `${saved.name} is saved.` : `${saved.name} is connected.`);
      void cache.invalidateQueries({ queryKey: gatewayKeys.connections });
      void cache.invalidateQueries({ queryKey: gatewayKeys.models });
      onClose();
    },
  });
  const { values, set, errorOf } = form;
  const test = useMutation({ mutationFn: () => testConnection(testOf(values, connection)) });
  const listed = test.data?.ok ? test.data.models : [];
  const storedKey = connection?.keyLast4 ?? null;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={connection ? `Change ${connection.name}` : "Add a connection"}
      onSubmit={form.submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            The key is stored encrypted and never shown again.
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} kbd="⌘↵">
            {connection ? "Save" : "Add connection"}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field label="Name" hint="Its models are called name/model." error={errorOf("name")}>
          <Input
            mono
            autoFocus={!connection}
            value={values.name}
            placeholder="hosted"
            onChange={(event) => set("name", event.target.value)}
          />
        </Field>
        <Field
          label="Base URL"
          hint="Of an OpenAI-compatible API; usually ends in /v1."
          error={errorOf("baseUrl")}
        >
          <Input
            mono
            inputMode="url"
            value={values.baseUrl}
            placeholder="https://api.example.com/v1"
            onChange={(event) => set("baseUrl", event.target.value)}
          />
        </Field>
        <Field
          label="API key"
          hint={
            storedKey
              ? "Empty keeps the stored one, as long as the base URL stays."
              : "Empty where the API asks for none."
          }
          error={errorOf("apiKey")}
        >
          <Input
            mono
            type="password"
            autoComplete="off"
            value={values.apiKey}
            disabled={values.removeKey}
            placeholder={storedKey ? `stored, ends in ${storedKey}` : ""}
            onChange={(event) => set("apiKey", event.target.value)}
          />
        </Field>
        {storedKey && (
          <Checkbox checked={values.removeKey} onChange={(on) => set("removeKey", on)}>
            Remove the stored key
          </Checkbox>
        )}
        <div className="flex items-start gap-3">
          <Button
            busy={test.isPending}
            disabledReason={values.baseUrl.trim() === "" ? "Enter the base URL first" : undefined}
            onClick={() => test.mutate()}
          >
            Test connection
          </Button>
          <TestResult result={test.data} error={test.error} />
        </div>
        <ModelPicker
          known={listed}
          chosen={values.models}
          onChange={(models) => set("models", models)}
          prices={values.prices}
          onPrice={(id, draft) => set("prices", { ...values.prices, [id]: draft })}
          error={errorOf("models") ?? errorOf("prices")}
        />
        {form.failure && (
          <Note tone="danger" alert>
            Not saved. {form.failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}

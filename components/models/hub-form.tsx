"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { defaultHub, type HubSettings, hubPatch } from "@/lib/models";
import { hubQuery, modelKeys, updateHub } from "@/lib/models/client";

const { address, token } = hubPatch.shape;

const hubForm = z.object({
  address: address.unwrap(),
  /** Empty: the stored one stays. */
  token: z.union([z.literal(""), token.unwrap().unwrap()]),
  removeToken: z.boolean(),
  limit: z.string().regex(/^$|^\d{1,6}(\.\d{1,3})?$/, "Enter gigabytes, such as 40, or nothing."),
});

/** Where models are fetched from, with whose token, and how much room they may take. */
export function HubForm({ onDone }: { onDone: () => void }) {
  const hub = useQuery(hubQuery());
  if (hub.isPending) return <RowsSkeleton rows={3} height="h-14" />;
  if (hub.isError)
    return (
      <ErrorState title="The hub's settings could not be read" error={hub.error} onRetry={hub.refetch} />
    );
  return <Fields key={JSON.stringify(hub.data)} hub={hub.data} onDone={onDone} />;
}

function Fields({ hub, onDone }: { hub: HubSettings; onDone: () => void }) {
  const cache = useQueryClient();
  const form = useForm({
    schema: hubForm,
    initial: {
      address: hub.address,
      token: "",
      removeToken: false,
      limit: hub.quotaBytes === null ? "" : String(hub.quotaBytes / 1e9),
    },
    send: ({ address, token, removeToken, limit }) =>
      updateHub({
        address,
        ...(removeToken ? { token: null } : token ? { token } : {}),
        quotaBytes: limit === "" ? null : Math.round(Number(limit) * 1e9),
      }),
    onDone: (saved) => {
      toast(`Models come from ${new URL(saved.address).host}.`);
      cache.setQueryData(modelKeys.hub, saved);
      void cache.invalidateQueries({ queryKey: modelKeys.local });
      onDone();
    },
  });
  const { values, set, errorOf } = form;
  const isMoved = values.address.trim().replace(/\/+$/, "") !== hub.address;
  return (
    <form
      noValidate
      className="grid gap-3 p-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Field
        label="Address"
        hint={`${defaultHub}, or a mirror that answers like it. Asked only when somebody checks or downloads.`}
        error={errorOf("address")}
      >
        <Input
          mono
          inputMode="url"
          value={values.address}
          onChange={(event) => set("address", event.target.value)}
        />
      </Field>
      <Field
        label="Token"
        hint={
          hub.tokenLast4 && isMoved
            ? "The stored one was given for the other address and is erased."
            : "For models whose licence has to be accepted. Stored encrypted, never shown again."
        }
        error={errorOf("token")}
      >
        <Input
          mono
          type="password"
          autoComplete="off"
          value={values.token}
          disabled={values.removeToken}
          placeholder={hub.tokenLast4 ? `stored, ends in ${hub.tokenLast4}` : "none stored"}
          onChange={(event) => set("token", event.target.value)}
        />
      </Field>
      {hub.tokenLast4 && (
        <Checkbox checked={values.removeToken} onChange={(on) => set("removeToken", on)}>
          Remove the stored token
        </Checkbox>
      )}
      <Field
        label="Room for models, GB"
        hint="Empty: whatever the disk has, but for a reserve."
        error={errorOf("limit")}
      >
        <Input
          inputMode="decimal"
          value={values.limit}
          placeholder="no limit"
          onChange={(event) => set("limit", event.target.value)}
        />
      </Field>
      {form.failure && (
        <Note tone="danger" alert>
          Not saved. {form.failure}
        </Note>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.busy}>
          Save
        </Button>
      </div>
    </form>
  );
}

"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { z } from "zod";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { counted, type Group, groupInput } from "@/lib/auth";
import { createGroup, refreshPrincipals, updateGroup } from "@/lib/auth/client";
import { groupPath } from "./paths";

/** An empty field is no value. */
const form = z.object({
  name: groupInput.shape.name,
  description: z.string().max(1000, "1,000 characters at most."),
  externalName: z.string().max(256, "256 characters at most."),
});

/** What a group is called, and which value of the identity provider's claim leads into it. */
export function GroupDialog({ group, onClose }: { group?: Group; onClose: () => void }) {
  const cache = useQueryClient();
  const router = useRouter();
  const fields = useForm({
    schema: form,
    initial: {
      name: group?.name ?? "",
      description: group?.description ?? "",
      externalName: group?.externalName ?? "",
    },
    send: ({ externalName, ...values }) => {
      const body = { ...values, externalName: externalName.trim() || null };
      return group ? updateGroup(group.id, { ...body, revision: group.revision }) : createGroup(body);
    },
    onDone: ({ id, name }) => {
      void refreshPrincipals(cache);
      toast(group ? `${name} is changed.` : `Group ${name} is made.`);
      onClose();
      if (!group) router.push(groupPath(id));
    },
  });
  const { values, set, errorOf } = fields;
  const bySso = group?.members.filter(({ source }) => source === "sso").length ?? 0;
  const isRemapped = values.externalName.trim() !== (group?.externalName ?? "");
  return (
    <FormDialog
      title={group ? `Edit ${group.name}` : "New group"}
      form={fields}
      verb={group ? "Save" : "Make group"}
      consequence={group ? "Members and rights stay." : "It starts without members and rights."}
      onClose={onClose}
    >
      <Field label="Name" error={errorOf("name")}>
        <Input
          autoFocus
          value={values.name}
          placeholder="support"
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
      <Field label="Description" error={errorOf("description")}>
        <Textarea value={values.description} onChange={(event) => set("description", event.target.value)} />
      </Field>
      <Field
        label="Claim value"
        hint="Single sign-on puts in whoever’s groups claim has exactly this value, and takes them out again. Empty for none."
        error={errorOf("externalName")}
      >
        <Input
          mono
          value={values.externalName}
          onChange={(event) => set("externalName", event.target.value)}
        />
      </Field>
      {bySso > 0 && isRemapped && (
        <Note tone="warn">
          {counted(bySso, "members")} whom single sign-on put in {bySso === 1 ? "is" : "are"} taken out at
          once.
        </Note>
      )}
    </FormDialog>
  );
}

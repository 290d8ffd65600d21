"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { type ServicePrincipalDetail, servicePrincipalInput } from "@/lib/auth";
import { createServicePrincipal, refreshPrincipals, updateServicePrincipal } from "@/lib/auth/client";
import { principalPath } from "./paths";

interface ServicePrincipalDialogProps {
  /** The one to rename; absent for a new one. */
  service?: ServicePrincipalDetail;
  onClose: () => void;
}

/** What a program's account is called. */
export function ServicePrincipalDialog({ service, onClose }: ServicePrincipalDialogProps) {
  const cache = useQueryClient();
  const router = useRouter();
  const fields = useForm({
    schema: servicePrincipalInput,
    initial: { name: service?.name ?? "" },
    send: ({ name }) =>
      service
        ? updateServicePrincipal(service.id, { name, revision: service.revision })
        : createServicePrincipal({ name }),
    onDone: ({ id, name }) => {
      void refreshPrincipals(cache);
      toast(service ? `It is called ${name} now.` : `${name} is made.`);
      onClose();
      if (!service) router.push(principalPath({ id, kind: "service" }));
    },
  });
  return (
    <FormDialog
      title={service ? `Rename ${service.name}` : "New service principal"}
      form={fields}
      verb={service ? "Rename" : "Make service principal"}
      consequence={
        service ? "Keys and rights stay." : "It starts without keys and groups, and can never sign in."
      }
      onClose={onClose}
    >
      <Field label="Name" hint="What the program is or does." error={fields.errorOf("name")}>
        <Input
          autoFocus
          value={fields.values.name}
          placeholder="nightly-import"
          onChange={(event) => fields.set("name", event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}

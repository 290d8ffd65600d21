"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { counted, type ServicePrincipalDetail } from "@/lib/auth";
import { deleteServicePrincipal, refreshPrincipals, updateServicePrincipal } from "@/lib/auth/client";

type ServiceChange = "activate" | "deactivate" | "delete";

interface ServiceChangeDialogProps {
  service: ServicePrincipalDetail;
  change: ServiceChange;
  onClose: () => void;
}

const verbs: Record<ServiceChange, string> = {
  activate: "Activate",
  deactivate: "Deactivate",
  delete: "Delete",
};
const outcomes: Record<ServiceChange, string> = {
  activate: "active",
  deactivate: "deactivated",
  delete: "deleted",
};

function effect({ name, keys, groups }: ServicePrincipalDetail, change: ServiceChange): string {
  if (change === "activate") return "Keys can be made for it again. Those that ended stay ended.";
  const ended =
    keys === 0 ? "It has no keys." : `${counted(keys, "keys")} end for good, live answers included.`;
  if (change === "deactivate") return `${ended} Its groups stay, and count again once it is active.`;
  return keys === 0
    ? `${name} leaves ${counted(groups, "groups")}. Calls it made stay in the records, under its id.`
    : `It still has ${counted(keys, "keys")}, so it will be refused: revoke everything first.`;
}

/** A change to a program's account: its consequence, then the verb. */
export function ServiceChangeDialog({ service, change, onClose }: ServiceChangeDialogProps) {
  const cache = useQueryClient();
  const router = useRouter();
  const { id, name, revision } = service;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`${verbs[change]} ${name}?`}
      subtitle={service.applicationId}
      verb={verbs[change]}
      danger={change !== "activate"}
      consequence={change === "delete" ? "This cannot be undone." : undefined}
      act={async () => {
        if (change === "delete") await deleteServicePrincipal(id);
        else await updateServicePrincipal(id, { revision, disabled: change === "deactivate" });
      }}
      onDone={() => {
        toast(`${name} is ${outcomes[change]}.`);
        if (change === "delete") router.push("/people/service-principals");
        void refreshPrincipals(cache);
        onClose();
      }}
    >
      <p>{effect(service, change)}</p>
    </ConfirmDialog>
  );
}

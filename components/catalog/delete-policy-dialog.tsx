"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { AttributePolicy } from "@/lib/catalog";
import { deletePolicy } from "@/lib/catalog/client";
import { FullName } from "./full-name";
import { policySubject } from "./policy-words";
import { useChanged } from "./use-changed";

interface DeletePolicyDialogProps {
  policy: AttributePolicy;
  onClose: () => void;
}

/** Takes a policy away after saying what lies open then. */
export function DeletePolicyDialog({ policy, onClose }: DeletePolicyDialogProps) {
  const { id, name, on, definition, to } = policy;
  const changed = useChanged(onClose);
  const whom = to.map((principal) => principal.name).join(", ");
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete the policy ${name}?`}
      subtitle={<FullName object={on} />}
      verb="Delete policy"
      danger
      consequence="Effective on the next request."
      act={() => deletePolicy(id)}
      onDone={() => changed(`The policy ${name} is deleted.`)}
    >
      <p>
        {definition.type === "column_mask"
          ? `${whom} then read the values of ${policySubject(policy)} as they are`
          : `${whom} then read every row of ${policySubject(policy)}`}
        , unless another policy holds there.
      </p>
    </ConfirmDialog>
  );
}

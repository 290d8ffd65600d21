"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { counted, type Group } from "@/lib/auth";
import { deleteGroup, refreshPrincipals } from "@/lib/auth/client";

/** What is lost with a group. */
export function DeleteGroupDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const cache = useQueryClient();
  const router = useRouter();
  const { name, members, effectiveCount, memberOf } = group;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${name}?`}
      verb="Delete group"
      danger
      consequence="This cannot be undone."
      act={() => deleteGroup(group.id)}
      onDone={() => {
        toast(`Group ${name} is deleted.`);
        router.push("/people/groups");
        void refreshPrincipals(cache);
      }}
    >
      <p>
        {members.length === 0
          ? "Nobody is in it."
          : `${counted(members.length, "members")} and through them ${counted(effectiveCount, "people or service principals")} lose what they have through it. They themselves stay.`}
      </p>
      {memberOf.length > 0 && (
        <p>
          It is in {memberOf.map((group) => group.name).join(", ")}; what those give no longer reaches its
          members.
        </p>
      )}
    </ConfirmDialog>
  );
}

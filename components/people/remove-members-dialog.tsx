"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { counted, type Group, type GroupMember } from "@/lib/auth";
import { refreshPrincipals, removeMembers } from "@/lib/auth/client";

interface RemoveMembersDialogProps {
  group: Group;
  members: readonly GroupMember[];
  onClose: () => void;
}

/** What members lose when they are taken out. */
export function RemoveMembersDialog({ group, members, onClose }: RemoveMembersDialogProps) {
  const cache = useQueryClient();
  const [only] = members;
  const who = members.length === 1 && only ? only.name : counted(members.length, "members");
  const bySso = members.filter(({ source }) => source === "sso").length;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Take ${who} out of ${group.name}?`}
      subtitle={members.length > 1 ? members.map(({ name }) => name).join(", ") : undefined}
      verb="Take out"
      danger
      act={() => removeMembers(group.id, { ids: members.map(({ id }) => id) })}
      onDone={() => {
        void refreshPrincipals(cache);
        toast(`${who} ${members.length === 1 ? "is" : "are"} out of ${group.name}.`);
        onClose();
      }}
    >
      <p>
        What {group.name} and the groups it is in give is gone from the next request, live answers included.
      </p>
      {bySso > 0 && (
        <Note tone="warn">
          Single sign-on put {bySso === members.length ? "them" : `${bySso} of them`} in, and will again at
          the next sign-in for as long as the claim has {group.externalName ?? "its value"}.
        </Note>
      )}
    </ConfirmDialog>
  );
}

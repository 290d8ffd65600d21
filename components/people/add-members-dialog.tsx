"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Note } from "@/components/ui/note";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { SearchInput } from "@/components/ui/search-input";
import { toast } from "@/components/ui/toaster";
import { useSend } from "@/components/ui/use-send";
import { counted, type Group } from "@/lib/auth";
import {
  addMembers,
  groupsQuery,
  refreshPrincipals,
  servicePrincipalsQuery,
  usersQuery,
} from "@/lib/auth/client";
import { CandidateList } from "./candidate-list";
import { candidatesFor } from "./candidates";

/** Chooses people, service principals and groups to put in together. */
export function AddMembersDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const cache = useQueryClient();
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const users = useQuery(usersQuery());
  const services = useQuery(servicePrincipalsQuery());
  const groups = useQuery(groupsQuery());
  const failed = [users, services, groups].find(({ isError }) => isError);
  const isPending = users.isPending || services.isPending || groups.isPending;
  const sending = useSend<void, unknown>(
    () => addMembers(group.id, { ids: [...chosen] }),
    () => {
      void refreshPrincipals(cache);
      toast(`${counted(chosen.size, "members")} put into ${group.name}.`);
      onClose();
    },
  );
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
    sending.forget();
  };
  const candidates = candidatesFor(group, {
    users: users.data ?? [],
    services: services.data ?? [],
    groups: groups.data?.groups ?? [],
  });
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={`Add members to ${group.name}`}
      onSubmit={() => chosen.size > 0 && sending.send()}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            They have what the group has from their next request.
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            busy={sending.busy}
            disabledReason={chosen.size === 0 ? "Choose somebody first" : undefined}
            kbd="⌘↵"
          >
            {chosen.size > 0 ? `Add ${chosen.size}` : "Add"}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <SearchInput
          className="w-full!"
          label="Find a person, service principal or group"
          value={q}
          onChange={setQ}
        />
        {failed ? (
          <ErrorState
            title="Who there is could not be read"
            error={failed.error}
            onRetry={() => void failed.refetch()}
          />
        ) : isPending ? (
          <RowsSkeleton rows={6} />
        ) : (
          <CandidateList candidates={candidates} q={q} chosen={chosen} onChoose={choose} />
        )}
        {sending.error && (
          <Note tone="danger" alert>
            Nobody was put in. {sending.error.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { groupQuery } from "@/lib/auth/client";
import { MemberRow, type MemberRowProps } from "./member-row";

/** A member's row and, where it is a group that was opened, the rows of those in it. */
export function MemberTree(props: Omit<MemberRowProps, "open" | "onToggle">) {
  const [open, setOpen] = useState(false);
  const { member, depth } = props;
  return (
    <>
      <MemberRow {...props} open={open} onToggle={() => setOpen(!open)} />
      {open && <NestedMembers id={member.id} name={member.name} depth={depth + 1} />}
    </>
  );
}

interface NestedMembersProps {
  id: string;
  name: string;
  depth: number;
}

function NestedMembers({ id, name, depth }: NestedMembersProps) {
  const group = useQuery(groupQuery(id));
  if (group.isPending) return <Line>Reading who is in {name} …</Line>;
  if (group.isError) {
    return (
      <Line>
        {name} could not be read. {group.error.message}{" "}
        <Button size="sm" icon="again" onClick={() => void group.refetch()}>
          Try again
        </Button>
      </Line>
    );
  }
  if (group.data.members.length === 0) return <Line>Nobody is in {name}.</Line>;
  return group.data.members.map((member) => <MemberTree key={member.id} member={member} depth={depth} />);
}

function Line({ children }: { children: ReactNode }) {
  return (
    <tr>
      <td colSpan={6} className="h-(--h-row) border-b bg-canvas px-4 pl-14 text-small text-fg-muted">
        {children}
      </td>
    </tr>
  );
}

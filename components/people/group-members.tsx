"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Table, Th } from "@/components/ui/table";
import type { Group, GroupMember } from "@/lib/auth";
import { MemberTree } from "./member-tree";

interface GroupMembersProps {
  group: Group;
  onRemove: (members: readonly GroupMember[]) => void;
}

/** Who is in a group directly; groups among them open to show who is in those. */
export function GroupMembers({ group, onRemove }: GroupMembersProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = group.members.filter(({ id }) => chosen.has(id));
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <>
      {selected.length > 0 && (
        <div role="status" className="flex min-h-11 items-center gap-2 border-t bg-accent-bg px-4 py-1.5">
          <span className="text-small">{selected.length} chosen</span>
          <Button size="sm" onClick={() => onRemove(selected)}>
            Take out
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setChosen(new Set())}>
            Choose none
          </Button>
        </div>
      )}
      <Table label={`Members of ${group.name}`}>
        <thead>
          <tr>
            <Th className="w-0">
              <span className="sr-only">Choose</span>
            </Th>
            <Th>Name</Th>
            <Th narrow="hide">Kind</Th>
            <Th narrow="hide">Given by</Th>
            <Th end narrow="hide">
              Since
            </Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {group.members.map((member) => (
            <MemberTree
              key={member.id}
              member={member}
              chosen={chosen.has(member.id)}
              onChoose={(on) => choose(member.id, on)}
              onRemove={() => onRemove([member])}
              depth={0}
            />
          ))}
        </tbody>
      </Table>
    </>
  );
}

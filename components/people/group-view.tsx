"use client";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { PageHead } from "@/components/ui/page-head";
import { counted, type Group, type GroupMember } from "@/lib/auth";
import { AddMembersDialog } from "./add-members-dialog";
import { DeleteGroupDialog } from "./delete-group-dialog";
import { GroupDialog } from "./group-dialog";
import { GroupMembers } from "./group-members";
import { Memberships } from "./memberships";
import { RemoveMembersDialog } from "./remove-members-dialog";
import { Section } from "./section";

type Open = "edit" | "delete" | "add" | readonly GroupMember[];

/** A group: who is in it, and what it is in. */
export function GroupView({ group }: { group: Group }) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { name, description, externalName, members, effectiveCount, memberOf } = group;
  return (
    <>
      <PageHead
        kind="people"
        title={name}
        badges={
          <>
            <Badge title="People and service principals in it directly or through groups, each once">
              {counted(effectiveCount, "effective members")}
            </Badge>
            {externalName !== null && (
              <Badge icon="link" mono title="The value of the groups claim that puts people in">
                {externalName}
              </Badge>
            )}
          </>
        }
        actions={
          <>
            <Menu
              items={[
                { label: "Edit", icon: "pencil", onSelect: () => setOpen("edit") },
                {
                  label: "Delete",
                  icon: "trash",
                  danger: true,
                  separated: true,
                  detail: "asks first",
                  onSelect: () => setOpen("delete"),
                },
              ]}
              trigger={<IconButton icon="more" label={`More for ${name}`} />}
            />
            <Button variant="primary" icon="plus" onClick={() => setOpen("add")}>
              Add members
            </Button>
          </>
        }
      >
        {description}
      </PageHead>
      <Section title="Members" count={members.length}>
        {members.length > 0 ? (
          <GroupMembers group={group} onRemove={setOpen} />
        ) : (
          <EmptyState
            kind="people"
            title="Nobody is in it yet"
            action={<Button onClick={() => setOpen("add")}>Add members</Button>}
          >
            People, service principals and other groups can be.
          </EmptyState>
        )}
      </Section>
      <Section title="Is in" count={memberOf.length}>
        <Memberships memberships={memberOf} empty={`${name} is in no other group.`} />
      </Section>
      {open === "edit" && <GroupDialog group={group} onClose={close} />}
      {open === "delete" && <DeleteGroupDialog group={group} onClose={close} />}
      {open === "add" && <AddMembersDialog group={group} onClose={close} />}
      {Array.isArray(open) && <RemoveMembersDialog group={group} members={open} onClose={close} />}
    </>
  );
}

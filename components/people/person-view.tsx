"use client";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { PageHead } from "@/components/ui/page-head";
import { Time } from "@/components/ui/time";
import type { PersonDetail } from "@/lib/auth";
import { ChangeDialog } from "./change-dialog";
import type { Change } from "./changes";
import { EndSessionsDialog } from "./end-sessions-dialog";
import { Memberships } from "./memberships";
import { personItems } from "./person-items";
import { PrincipalKeys } from "./principal-keys";
import { PrincipalSessions } from "./principal-sessions";
import { RevokeEverythingDialog } from "./revoke-everything-dialog";
import { roleNames } from "./roles";
import { Section } from "./section";
import { SourceBadge } from "./source-badge";
import { StateBadge } from "./state-badge";

/** A person: what they are in, what they have open, and how to end it. */
export function PersonView({ person, own }: { person: PersonDetail; own: boolean }) {
  const [changing, setChanging] = useState<Change>();
  const [open, setOpen] = useState<"revoke" | "sessions">();
  const close = () => setOpen(undefined);
  const { id, email, role, roleSource, memberships } = person;
  const name = person.name || email;
  return (
    <>
      <PageHead
        kind="person"
        title={name}
        badges={
          <>
            <StateBadge state={person.state} />
            <Badge>{roleNames[role]}</Badge>
            <SourceBadge source={roleSource} />
          </>
        }
        actions={
          <>
            <Menu
              items={personItems(person, own, setChanging)}
              trigger={<IconButton icon="more" label={`Actions on ${name}`} />}
            />
            <Button variant="danger" onClick={() => setOpen("revoke")}>
              Revoke everything
            </Button>
          </>
        }
      >
        {email}, here since <Time at={person.createdAt} day />.
      </PageHead>
      <Section title="Groups" count={memberships.length}>
        <Memberships memberships={memberships} empty={`${name} is in no group but all_users.`} />
      </Section>
      <Section title="Keys">
        <PrincipalKeys id={id} empty={`${name} has no keys.`} />
      </Section>
      <Section
        title="Sessions"
        actions={
          <Button size="sm" onClick={() => setOpen("sessions")}>
            End all
          </Button>
        }
      >
        <PrincipalSessions id={id} name={name} />
      </Section>
      {changing && <ChangeDialog user={person} change={changing} onClose={() => setChanging(undefined)} />}
      {open === "sessions" && <EndSessionsDialog id={id} name={name} own={own} onClose={close} />}
      {open === "revoke" && (
        <RevokeEverythingDialog
          id={id}
          name={name}
          cannotDeactivate={own ? "You cannot deactivate yourself: another administrator can." : undefined}
          onClose={close}
        />
      )}
    </>
  );
}

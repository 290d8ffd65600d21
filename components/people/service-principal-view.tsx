"use client";
import { useState } from "react";
import { CreateKeyDialog } from "@/components/keys/create-key-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { PageHead } from "@/components/ui/page-head";
import type { ServicePrincipalDetail } from "@/lib/auth";
import { Memberships } from "./memberships";
import { PrincipalKeys } from "./principal-keys";
import { RevokeEverythingDialog } from "./revoke-everything-dialog";
import { Section } from "./section";
import { ServiceChangeDialog } from "./service-change-dialog";
import { ServicePrincipalDialog } from "./service-principal-dialog";

type Open = "rename" | "key" | "revoke" | "deactivate" | "activate" | "delete";

/** A program's account: its keys, its groups, and how to end it. */
export function ServicePrincipalView({ service }: { service: ServicePrincipalDetail }) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { id, name, state, applicationId, createdBy, memberships } = service;
  const active = state === "active";
  const off = active ? undefined : "It is deactivated: activate it first.";
  const items: MenuItem[] = [
    { label: "Rename", icon: "pencil", onSelect: () => setOpen("rename") },
    active
      ? {
          label: "Deactivate",
          icon: "close",
          danger: true,
          separated: true,
          detail: "asks first",
          onSelect: () => setOpen("deactivate"),
        }
      : { label: "Activate", icon: "check", separated: true, onSelect: () => setOpen("activate") },
    {
      label: "Revoke everything",
      icon: "shield",
      danger: true,
      detail: "shows what first",
      onSelect: () => setOpen("revoke"),
    },
    { label: "Delete", icon: "trash", danger: true, detail: "asks first", onSelect: () => setOpen("delete") },
  ];
  return (
    <>
      <PageHead
        kind="robot"
        title={name}
        badges={active ? <Badge tone="ok">active</Badge> : <Badge tone="danger">deactivated</Badge>}
        actions={
          <>
            <Menu items={items} trigger={<IconButton icon="more" label={`More for ${name}`} />} />
            <Button variant="primary" icon="key" disabledReason={off} onClick={() => setOpen("key")}>
              Create key
            </Button>
          </>
        }
      >
        {createdBy ? `Made by ${createdBy.name}.` : "Nobody knows who made it."} Programs act as it with one
        of its keys.
      </PageHead>
      <div className="flex flex-wrap items-center gap-2 px-4 pb-3 text-small text-fg-muted">
        Application id <code className="break-all text-fg">{applicationId}</code>
        <CopyButton text={applicationId} label="Copy application id" compact />
      </div>
      <Section title="Keys">
        <PrincipalKeys id={id} empty="No key: nothing can act as it now." />
      </Section>
      <Section title="Groups" count={memberships.length}>
        <Memberships memberships={memberships} empty={`${name} is in no group.`} />
      </Section>
      {open === "rename" && <ServicePrincipalDialog service={service} onClose={close} />}
      {open === "key" && <CreateKeyDialog open owner={{ id, name }} onClose={close} />}
      {open === "revoke" && <RevokeEverythingDialog id={id} name={name} onClose={close} />}
      {(open === "deactivate" || open === "activate" || open === "delete") && (
        <ServiceChangeDialog service={service} change={open} onClose={close} />
      )}
    </>
  );
}

"use client";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { type Kind, KindIcon } from "@/components/ui/kind-icon";
import { RowActions, Td, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { counted, type GroupMember } from "@/lib/auth";
import { groupPath, principalPath } from "./paths";
import { RowCheckbox } from "./row-checkbox";
import { SourceBadge } from "./source-badge";

export interface MemberRowProps {
  member: GroupMember;
  /** Groups around it that stand open. */
  depth: number;
  /** A group that shows its own members below. */
  open: boolean;
  onToggle: () => void;
  /** Absent for a member of a nested group, which is changed on that group's page. */
  onChoose?: (on: boolean) => void;
  chosen?: boolean;
  onRemove?: () => void;
}

const icons: Record<GroupMember["kind"], Kind> = { person: "person", service: "robot", group: "people" };
const words: Record<GroupMember["kind"], string> = {
  person: "person",
  service: "service principal",
  group: "group",
};

/** One member; a group can be opened. */
export function MemberRow({
  member,
  depth,
  open,
  onToggle,
  onChoose,
  chosen = false,
  onRemove,
}: MemberRowProps) {
  const { id, name, kind, source, addedAt } = member;
  return (
    <Tr selected={chosen}>
      <Td className="w-0 pr-0">
        {onChoose && <RowCheckbox label={`Choose ${name}`} checked={chosen} onChange={onChoose} />}
      </Td>
      <Td className="max-w-80 max-sm:w-full max-sm:max-w-0">
        <span className="flex min-w-0 items-center gap-2" style={{ paddingLeft: depth * 20 }}>
          {kind === "group" ? (
            <IconButton
              size="sm"
              icon={open ? "chevron-down" : "chevron-right"}
              label={open ? `Close ${name}` : `Show who is in ${name}`}
              aria-expanded={open}
              className="-ml-1.5"
              onClick={onToggle}
            />
          ) : (
            <span className="w-4.5 flex-none" />
          )}
          <KindIcon kind={icons[kind]} />
          <Link
            href={kind === "group" ? groupPath(id) : principalPath({ id, kind })}
            className="truncate font-strong hover:text-accent"
          >
            {name}
          </Link>
          {kind === "group" && (
            <span className="flex-none text-small text-fg-subtle">
              {counted(member.memberCount, "members")}
            </span>
          )}
          {kind !== "group" && member.disabled && <Badge tone="danger">deactivated</Badge>}
        </span>
      </Td>
      <Td narrow="hide" className="text-fg-muted">
        {words[kind]}
      </Td>
      <Td narrow="hide">
        {source === "sso" ? <SourceBadge source={source} /> : <span className="text-fg-muted">hand</span>}
      </Td>
      <Td end narrow="hide" className="text-fg-muted">
        <Time at={addedAt} day />
      </Td>
      <Td className="w-10">
        {onRemove && (
          <RowActions>
            <IconButton icon="close" size="sm" label={`Take ${name} out`} onClick={onRemove} />
          </RowActions>
        )}
      </Td>
    </Tr>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { Segment } from "@/components/ui/segment";
import type { PrincipalRef } from "@/lib/catalog";
import { principalsQuery } from "@/lib/catalog/client";
import { AccessArea } from "./access-area";
import { ObjectPicker } from "./object-picker";
import { PrincipalPicker } from "./principal-picker";
import type { Reader } from "./reader";
import { RightsByObject } from "./rights-by-object";
import { RightsByPrincipal } from "./rights-by-principal";
import { useRightsView } from "./use-rights-view";

/** What somebody may really do, or who may do something with an object. */
export function RightsPage({ reader }: { reader: Reader }) {
  const view = useRightsView();
  const { by, object, kind, cursor, set } = view;
  const handle = reader.admin ? (view.principal ?? reader.email) : reader.email;
  const isSelf = handle === reader.email;
  const found = useQuery({ ...principalsQuery(handle), enabled: !isSelf });
  const self: PrincipalRef = { ...reader, kind: "user", handle: reader.email, isActive: true };
  const principal = isSelf
    ? self
    : (found.data?.find((each) => each.handle === handle) ?? { ...self, id: handle, name: handle, handle });
  return (
    <>
      <AccessArea place="Rights" title="Rights">
        What can really be used: a grant without USE on the containers above it does not count.
      </AccessArea>
      <div className="flex min-h-12 flex-none flex-wrap items-center gap-2.5 border-b bg-canvas px-4 py-2.5">
        <span className="text-fg-muted">{by === "principal" ? "What may" : "Who may do what on"}</span>
        {by === "object" ? (
          <ObjectPicker
            value={object ? { fullName: object, kind } : undefined}
            onChange={(next) => set({ object: next.fullName, kind: next.kind })}
          />
        ) : reader.admin ? (
          <PrincipalPicker value={principal} onChange={(next) => set({ principal: next.handle })} />
        ) : (
          <b>{reader.name}</b>
        )}
        <span className="text-fg-muted">{by === "principal" ? "do?" : "?"}</span>
        <Segment
          className="ml-auto max-sm:ml-0"
          label="Rights by"
          value={by}
          onChange={(next) => set({ by: next === "principal" ? undefined : next })}
          options={[
            { value: "principal", label: "By principal" },
            { value: "object", label: "By object" },
          ]}
        />
      </div>
      {by === "principal" ? (
        <RightsByPrincipal
          key={handle}
          handle={handle}
          name={isSelf ? "You" : principal.name}
          cursor={cursor}
          onCursor={(next) => set({ cursor: next })}
        />
      ) : object ? (
        <RightsByObject
          object={object}
          kind={kind}
          cursor={cursor}
          onCursor={(next) => set({ cursor: next })}
        />
      ) : (
        <EmptyState kind="catalog" title="Choose an object above">
          Whoever may grant on it sees everybody’s rights; others see their own.
        </EmptyState>
      )}
    </>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import type { PrincipalRef } from "@/lib/catalog";
import { principalsQuery } from "@/lib/catalog/client";
import { AccessArea } from "./access-area";
import { ExplainToolbar } from "./explain-toolbar";
import type { Reader } from "./reader";
import { useExplainView } from "./use-explain-view";

// Each answers once an object is chosen.
const OneAnswer = dynamic(() => import("./one-answer").then((module) => module.OneAnswer));
const AllPrivileges = dynamic(() => import("./all-privileges").then((module) => module.AllPrivileges));
const WhatIf = dynamic(() => import("./what-if").then((module) => module.WhatIf));

const never = () => () => undefined;

/** Why somebody may or may not do something with an object, and what would change it. */
export function ExplainPage({ reader }: { reader: Reader }) {
  const view = useExplainView();
  const here = useSyncExternalStore(
    never,
    () => window.location.href,
    () => "",
  );
  const handle = view.principal ?? reader.email;
  const isSelf = handle === reader.email;
  const found = useQuery({ ...principalsQuery(handle), enabled: !isSelf });
  const self: PrincipalRef = { ...reader, kind: "user", handle: reader.email, isActive: true };
  const principal = isSelf
    ? self
    : (found.data?.find((each) => each.handle === handle) ?? { ...self, id: handle, name: handle, handle });
  return (
    <>
      <AccessArea
        place="Explain"
        title="Explain access"
        actions={<CopyButton text={here} label="Copy link" variant="ghost" />}
      />
      <ExplainToolbar view={view} principal={principal} />
      {view.object === undefined ? (
        <EmptyState kind="catalog" title="Choose an object above">
          The answer shows every condition, who granted what through which group, the smallest fix and who can
          grant it.
        </EmptyState>
      ) : view.part === "one" ? (
        <OneAnswer
          reader={reader}
          query={{ principal: handle, privilege: view.privilege, object: view.object, kind: view.kind }}
        />
      ) : view.part === "all" ? (
        <AllPrivileges query={{ principal: handle, object: view.object, kind: view.kind }} />
      ) : (
        <WhatIf principal={principal} object={view.object} kind={view.kind} />
      )}
    </>
  );
}

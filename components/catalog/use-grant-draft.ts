"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "@/components/ui/use-settled";
import { grantablePrivileges, type Privilege } from "@/lib/access";
import type { GrantChanges, ObjectRef, PrincipalRef } from "@/lib/catalog";
import { grantEffectQuery, grantsQuery } from "@/lib/catalog/client";
import { heldByAll, planOf, preconditionsOf } from "./grant-plan";

const none: readonly Privilege[] = [];
const settlingMs = 250;

/** Whom, what and with what besides: a grant being put together, and what it would do. */
export function useGrantDraft(objects: readonly ObjectRef[]) {
  const [principals, setPrincipals] = useState<readonly PrincipalRef[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<Privilege>>(new Set());
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [first] = objects;
  const possible = first ? grantablePrivileges(first.kind) : none;
  const grants = useQuery({ ...grantsQuery(first?.id ?? ""), enabled: objects.length === 1 });
  const held = heldByAll(objects.length === 1 ? (grants.data?.entries ?? []) : [], principals);
  const privileges = possible.filter((privilege) => chosen.has(privilege) && !held.has(privilege));
  const isReady = principals.length > 0 && privileges.length > 0;
  // What is missing is asked for without what would be granted besides, or ticking it would take it from sight.
  const bare = useEffectOf(planOf(objects, principals, privileges, []), isReady);
  const preconditions = preconditionsOf(isReady ? bare.data : undefined, objects);
  const also = preconditions.filter(({ privilege, on }) => ticked.has(`${privilege} ${on.id}`));
  const plan = planOf(objects, principals, privileges, also);
  const whole = useEffectOf(plan, isReady && also.length > 0);
  const effect = also.length > 0 ? whole : bare;
  return {
    principals,
    setPrincipals,
    possible,
    privileges,
    chosen,
    setChosen,
    held,
    preconditions,
    ticked,
    tick: (key: string, on: boolean) => {
      const next = new Set(ticked);
      if (on) next.add(key);
      else next.delete(key);
      setTicked(next);
    },
    plan,
    isReady,
    effect: isReady ? effect : { data: undefined, error: null, isFetching: false },
  };
}

/** Asked once the choice rests; an answer nobody waits for any more is given up. */
function useEffectOf(plan: GrantChanges, enabled: boolean) {
  const wanted = JSON.stringify(plan);
  const settled = useSettled(wanted, settlingMs);
  const body = JSON.parse(settled) as GrantChanges;
  const isUsable = body.changes.length > 0 && body.changes.every(({ add = [] }) => add.length > 0);
  const effect = useQuery({ ...grantEffectQuery(body), enabled: enabled && isUsable });
  const isStale = settled !== wanted;
  return {
    data: isStale ? undefined : effect.data,
    error: effect.error,
    isFetching: isStale || effect.isFetching,
  };
}

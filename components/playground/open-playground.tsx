"use client";
import { useStore } from "zustand";
import { Crumb } from "@/components/shell/crumb";
import { titleOf } from "@/lib/playground/client";
import { Playground } from "./playground";
import type { Session } from "./session";
import { useAddress } from "./use-address";

interface OpenPlaygroundProps {
  session: Session;
  onNew: () => void;
  onDeleted: (id: string) => void;
}

/** A comparison with its name in the top bar and its link in the address. */
export function OpenPlayground({ session, onNew, onDeleted }: OpenPlaygroundProps) {
  useAddress(session);
  const title = useStore(session.workspace.store, (state) => state.title || titleOf(state));
  return (
    <>
      <Crumb label={title} />
      <Playground session={session} onNew={onNew} onDeleted={onDeleted} />
    </>
  );
}

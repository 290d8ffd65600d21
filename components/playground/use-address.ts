"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useStore } from "zustand";
import { formatLink, refreshSessions } from "@/lib/playground/client";
import type { Session } from "./session";

/** Keeps the address a link to what is on the page: the saved session, or the models of an unsaved one. */
export function useAddress({ workspace }: Session): void {
  const client = useQueryClient();
  const id = useStore(workspace.store, (state) => state.id);
  const version = useStore(workspace.store, (state) => state.version);
  const models = useStore(workspace.store, (state) => formatLink(state.columns));
  useEffect(() => {
    const address = id === null ? `/playground?${models}` : `/playground/${id}`;
    const { pathname, search } = window.location;
    if (`${pathname}${search}` !== address) window.history.replaceState(null, "", address);
  }, [id, models]);
  useEffect(() => {
    if (version > 0) refreshSessions(client);
  }, [client, version]);
}

"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useStore } from "zustand";
import { formatLink, formatPrompts, refreshSessions } from "@/lib/playground/client";
import type { Session } from "./session";

const linkOf = (state: Parameters<typeof formatPrompts>[0]) =>
  [formatLink(state.columns), formatPrompts(state)].filter((part) => part !== "").join("&");

/** Keeps the address a link to what is on the page: the saved session, or the models and prompts of an unsaved one. */
export function useAddress({ workspace }: Session): void {
  const client = useQueryClient();
  const id = useStore(workspace.store, (state) => state.id);
  const version = useStore(workspace.store, (state) => state.version);
  const link = useStore(workspace.store, linkOf);
  useEffect(() => {
    const address = id === null ? `/playground?${link}` : `/playground/${id}`;
    const { pathname, search } = window.location;
    if (`${pathname}${search}` !== address) window.history.replaceState(null, "", address);
  }, [id, link]);
  useEffect(() => {
    if (version > 0) refreshSessions(client);
  }, [client, version]);
}

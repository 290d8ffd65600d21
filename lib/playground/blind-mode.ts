import { sha256Hex } from "@/lib/core";
import { shuffled } from "./blind";
import { canonical } from "./canonical";
import { pathTo } from "./conversation";
import type { PlaygroundColumn } from "./document";
import type { Workspace, WorkspaceState } from "./workspace";

/** Hides the columns' names and figures and puts them in another order, or shows them again. */
export function setBlind(workspace: Workspace, on: boolean): void {
  workspace.store.setState(({ columns }) => ({
    blind: on ? { order: anew(columns), revealed: false } : null,
  }));
}

/** The columns in the order in which they stand on the page: another one in blind mode. */
export function shownColumns({
  columns,
  blind,
}: Pick<WorkspaceState, "columns" | "blind">): readonly PlaygroundColumn[] {
  if (!blind) return columns;
  const place = (id: string) => {
    const at = blind.order.indexOf(id);
    return at < 0 ? blind.order.length : at;
  };
  return columns.toSorted((a, b) => place(a.id) - place(b.id));
}

/** Shows names and figures after a vote; the next run hides them again. */
export function reveal(workspace: Workspace): void {
  workspace.store.setState(({ blind }) => ({ blind: blind && { ...blind, revealed: true } }));
}

/** In blind mode, hides what a run is about to change and shuffles anew. */
export function hideAgain(workspace: Workspace): void {
  workspace.store.setState(({ blind, columns }) =>
    blind?.revealed ? { blind: { order: anew(columns), revealed: false } } : {},
  );
}

function anew(columns: readonly { id: string }[]): string[] {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return shuffled(
    columns.map(({ id }) => id),
    seed,
  );
}

/** SHA-256, in hexadecimal, of what was asked up to a turn: tells one input from another and keeps no words. */
export async function promptHash(workspace: Workspace, turnId: string | undefined): Promise<string> {
  const { system, turns } = workspace.store.getState();
  const asked = pathTo(turns, turnId ?? null).map(({ lead, user, prefill, attachments, asked: sent }) => [
    lead?.map(({ role, text }) => [role, text]),
    user,
    prefill,
    attachments?.map(({ name }) => name),
    ...(sent ? [canonical(sent)] : []),
  ]);
  return sha256Hex(new TextEncoder().encode(JSON.stringify([system, asked])));
}

import "server-only";
import type { StoredKind } from "@/lib/access";
import { single } from "@/lib/core/server";
import type { Tx } from "@/lib/db/server";

/** What a domain does with its own rows when their object changes in the catalogue; all in the same transaction. */
export interface CatalogHooks {
  renamed?(tx: Tx, id: string, name: string): Promise<void>;
  /** It belongs to somebody else, or something else is said of it. */
  described?(tx: Tx, id: string, facts: { ownerId?: string; comment?: string }): Promise<void>;
  dropped?(tx: Tx, id: string): Promise<void>;
  restored?(tx: Tx, id: string, name: string): Promise<void>;
  /** It cannot be brought back any more. */
  purged?(tx: Tx, id: string, name: string): Promise<void>;
  /** Says why it cannot be dropped here. */
  refuseDrop?: string;
}

const hooks = () => single("catalog.hooks", () => new Map<StoredKind, CatalogHooks>());

/** Tells the catalogue what to do with the rows of a kind; once, at the start. */
export function registerHooks(kind: StoredKind, own: CatalogHooks): void {
  hooks().set(kind, own);
}

export function hooksOf(kind: StoredKind): CatalogHooks | undefined {
  return hooks().get(kind);
}

import "server-only";
import { type CatalogHooks, registerHooks } from "@/lib/catalog/server";
import { purgeModelRow } from "../store/deletions";
import { describeModelRow, renameModelRow } from "../store/models";

/** A dropped model frees its name; its row waits under one that nobody can type. */
const hidden = (id: string) => `dropped model ${id}`;

const hooks: CatalogHooks = {
  renamed: renameModelRow,
  described: describeModelRow,
  dropped: (tx, id) => renameModelRow(tx, id, hidden(id)),
  restored: renameModelRow,
  purged: purgeModelRow,
};

/** Keeps the rows of registered models as the catalogue has them. */
export function followCatalog(): void {
  registerHooks("model", hooks);
}

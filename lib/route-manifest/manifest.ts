import { catalogRoutes } from "./catalog-routes";
import { modelRoutes } from "./model-routes";
import type { RouteMethod, RouteNeed, RouteTable } from "./need";
import { principalRoutes } from "./principal-routes";
import { promptRoutes } from "./prompt-routes";
import { unityCatalogRoutes } from "./unity-catalog-routes";
import { workbenchRoutes } from "./workbench-routes";

/** One row: who may, on what. */
export type RouteEntry = { method: RouteMethod; path: string } & RouteNeed;

const methods: readonly RouteMethod[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

function entriesOf(table: RouteTable): RouteEntry[] {
  return Object.entries(table).flatMap(([path, byMethod]) =>
    methods.flatMap((method) => {
      const need = byMethod[method];
      return need ? [{ method, path, ...need }] : [];
    }),
  );
}

/**
 * What every route asks for. The services ask it; this table says so, so that a route that nobody thought
 * of fails the build and every refusal is tested.
 */
export const routeManifest: readonly RouteEntry[] = [
  ...entriesOf(workbenchRoutes),
  ...entriesOf(principalRoutes),
  ...entriesOf(catalogRoutes),
  ...entriesOf(modelRoutes),
  ...entriesOf(promptRoutes),
  ...entriesOf(unityCatalogRoutes),
];

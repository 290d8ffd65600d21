export { type RouteEntry, routeManifest } from "./manifest";
export type { RouteSecurable } from "./need";

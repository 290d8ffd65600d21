export { type BrowserEngine, browserEngine } from "./engines/browser";
export type { BrowserModel, BrowserRoom, FetchProgress } from "./engines/browser-store";

/** What this browser keeps of models. Its code is fetched when it is asked for. */
export const loadBrowserStore = () => import("./engines/browser-store");

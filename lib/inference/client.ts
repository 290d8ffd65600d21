export { patternTest } from "./core/constraint/pattern-test";
export { type BrowserEngine, browserEngine } from "./engines/browser";
export type { FetchProgress } from "./engines/browser-download";
export type { BrowserRoom } from "./engines/browser-room";
export type { BrowserModel } from "./engines/browser-store";

/** What this browser keeps of models. Its code is fetched when it is asked for. */
export const loadBrowserStore = () => import("./engines/browser-store");

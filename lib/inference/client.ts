export { patternTest } from "./core/constraint/pattern-test";
export { type BrowserEngine, browserEngine } from "./engines/browser";
export type { FetchProgress } from "./engines/browser-download";
export type { BrowserRoom } from "./engines/browser-room";
export type { BrowserModel } from "./engines/browser-store";
export type { CountedMessage } from "./engines/token-counter";

/** What this browser keeps of models. Its code is fetched when it is asked for. */
export const loadBrowserStore = () => import("./engines/browser-store");

/** Counts tokens by a model's own tokenizer, in this browser. Its code is fetched when it is asked for. */
export const loadTokenCounter = () => import("./engines/token-counter");

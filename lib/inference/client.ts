export { type BrowserEngine, browserEngine } from "./engines/browser";

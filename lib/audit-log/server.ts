import "server-only";

export { exportConfigured, verifyConfigured } from "./commands";
export { startAuditLog, stopAuditLog } from "./lifecycle";
export { getChainState, startVerification } from "./service/chain";
export { exportAuditEvents } from "./service/export";
export { countAuditEvents, findAuditEvents, getAuditEvent } from "./service/find";
export { applyRetention, getRetention, updateRetention } from "./service/retention";
export { deleteSavedSearch, findSavedSearches, saveSearch, updateSearch } from "./service/searches";

import "server-only";

export { readWithFrom } from "./if-match";
export { findAliasMoves, moveAlias, removeAlias, undoAliasMove } from "./service/aliases";
export { fetchPrompt, renderFetched } from "./service/fetch";
export { decideMove, findMoveRequests, requestMove, seeMoveDecisions } from "./service/moves";
export { createPrompt, getPrompt } from "./service/prompts";
export { removeAliasRule, saveAliasRule } from "./service/rules";

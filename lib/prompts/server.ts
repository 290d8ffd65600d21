import "server-only";

export { answerFetch } from "./fetch-answer";
export { handlePrompt, isPromptFetch } from "./http";
export { readWithFrom } from "./if-match";
export { findAliasMoves, moveAlias, removeAlias, undoAliasMove } from "./service/aliases";
export { discardDraft, getDraft, mergeDraft, previewMerge, saveDraft } from "./service/drafts";
export { fetchPrompt, renderFetched, renderPrompt } from "./service/fetch";
export { exportResponse } from "./service/file-export";
export { importFiles } from "./service/file-import";
export { getInvocation } from "./service/invocations";
export { findPrompts } from "./service/list";
export { decideMove, findMoveRequests, requestMove, seeMoveDecisions } from "./service/moves";
export { requirePrompt } from "./service/own";
export { createPrompt, getPrompt } from "./service/prompts";
export { removeAliasRule, saveAliasRule } from "./service/rules";
export { startPrompts } from "./service/start";
export { getUsage } from "./service/usage";
export { createVersion, findVersions, getVersion } from "./service/versions";

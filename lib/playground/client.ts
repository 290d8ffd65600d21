export { browserRun, warmUp } from "./browser-run";
export { choicesOf, firstColumns, type ModelChoice, nextColumn } from "./choices";
export type { ColumnState, ColumnStore, Live } from "./column-store";
export { type TurnHead, turnsOf } from "./conversation";
export { type DiffPart, diffCounts, wordDiff } from "./diff";
export { type Draft, dropDraft, forgetOthers, keepDraft, openDraft, readDraft } from "./draft";
export {
  addColumn,
  isPromptEdited,
  mostColumns,
  removeColumn,
  setColumnParameter,
  setModel,
  setParameter,
  setPrompt,
  setSameInput,
  setSystem,
  setTitle,
  startWith,
} from "./edits";
export type { RunEngine, RunEvent } from "./engine";
export { gatewayEngine } from "./gateway-engine";
export { formatLink, formatModelRef, type ModelRef, parseLink, parseModelRef } from "./link";
export {
  alternativesOf,
  doubtOf,
  percent,
  probabilityOf,
  probabilitySummary,
  visibleToken,
} from "./probability";
export { reportBrowserAnswer } from "./report";
export { createRunner, missingToRun, type Runner } from "./runner";
export { type SampleTask, sampleTasks } from "./samples";
export { isSavedByItself, type Saver, startSaving } from "./saver";
export {
  deleteSession,
  playgroundSessionQuery,
  playgroundSessionsQuery,
  refreshSessions,
  renameSession,
  restoreSession,
  savePort,
} from "./sessions-client";
export type { Figures } from "./speed";
export { titleOf } from "./title";
export {
  createWorkspace,
  newColumn,
  openSession,
  type SaveState,
  type Workspace,
  type WorkspaceState,
} from "./workspace";

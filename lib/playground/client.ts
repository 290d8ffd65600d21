export { type DiffPart, diffCounts, wordDiff } from "@/lib/core";
export { promptHash, reveal, setBlind, shownColumns } from "./blind-mode";
export { type Change, changesBetween } from "./changes";
export { choicesOf, firstColumns, type ModelChoice, nextColumn } from "./choices";
export { type CodeLanguage, type CodeRequest, codeFor } from "./code";
export type { ColumnState, ColumnStore, Live } from "./column-store";
export { answerTo, branchesAt, type Given, type TurnHead, turnsOf } from "./conversation";
export { type Draft, dropDraft, forgetOthers, keepDraft, openDraft, readDraft, takeUnsaved } from "./draft";
export {
  addColumn,
  addMessage,
  applyToAll,
  attach,
  changeMessage,
  chooseAnswer,
  duplicateColumn,
  enclose,
  isPromptEdited,
  mostColumns,
  moveMessage,
  promptMessage,
  removeColumn,
  removeEnclosed,
  removeMessage,
  removeTurn,
  setAsking,
  setColumnParameter,
  setColumnSystem,
  setFormat,
  setModel,
  setParameter,
  setPrompt,
  setSameInput,
  setSystem,
  setTitle,
  setValue,
  setVariable,
  showBranch,
  startWith,
} from "./edits";
export type { RunEngine, RunEvent } from "./engine";
export type { ExportFile, ExportFormat } from "./export/export-file";
export type { ImportedConversation } from "./import/imported-document";
export type { ReadConversations } from "./import/read-conversations";
export { laterRunner } from "./later-runner";
export { loadPrompt, resolveHere } from "./library-client";
export {
  formatLink,
  formatModelRef,
  type ModelRef,
  type PlaygroundLink,
  parseLink,
  parseModelRef,
} from "./link";
export type { Beginning, Linked } from "./linked";
export {
  asksByItself,
  conversationPlace,
  currentContent,
  declaredBy,
  isEdited,
  isUnresolved,
  promptOf,
  promptsOf,
  sendsMessages,
  sourceName,
  takesMessages,
  withContent,
} from "./loaded-prompt";
export { missingInRow, missingToRun, missingToRunRows } from "./missing";
export { parseRows } from "./paste-rows";
export {
  alternativesOf,
  doubtOf,
  percent,
  probabilityOf,
  probabilitySummary,
  visibleToken,
} from "./probability";
export { formatFor } from "./prompt";
export { promptChanges } from "./prompt-changes";
export {
  editPrompt,
  loadBeside,
  noteResolved,
  type PromptTarget,
  promptAt,
  resetPrompt,
  setLoadedPrompt,
  takeApart,
} from "./prompt-edits";
export { formatPrompts, isAskedBy } from "./prompt-link";
export { promptFeedbackQuery, promptSnapshotsQuery } from "./prompt-usage-client";
export { reportBrowserAnswer } from "./report";
export { callForPrompt, callForTurn } from "./requests";
export { addRow, addRows, inputsOf, removeRows, setCell } from "./rows";
export { browserRun, gatewayRun, warmUp } from "./run-engines";
export type { Runner } from "./runner";
export { type SampleTask, sampleTasks } from "./samples";
export { canSavePrompt, contentToSave, settingsHere } from "./save-prompt";
export { isSavedByItself, type Saver, startSaving } from "./saver";
export { type MarkedRun, markMatches, parseSearch } from "./search";
export {
  createSession,
  deleteSession,
  importSessions,
  moveSession,
  playgroundFoldersQuery,
  playgroundSessionQuery,
  playgroundSessionsQuery,
  refreshSessions,
  renameFolder,
  renameSession,
  restoreSession,
  savePort,
} from "./sessions-client";
export {
  createSnapshot,
  refreshSnapshots,
  revokeSnapshot,
  snapshotQuery,
  snapshotsQuery,
} from "./snapshots-client";
export type { Figures } from "./speed";
export { takenOver } from "./taken-over";
export { titleOf } from "./title";
export { defaultOf, typeOf, valueProblem, variablesIn, variablesOf } from "./variables";
export { sideOf } from "./vote";
export { castVote, leaderboardQuery, refreshLeaderboard, withdrawVote } from "./votes-client";
export {
  createWorkspace,
  documentOf,
  localId,
  newColumn,
  openSession,
  pathOf,
  type RowHead,
  type SaveState,
  type Workspace,
  type WorkspaceState,
} from "./workspace";

/** What checks answers against their format. Its code is fetched when the first is to be checked. */
export const loadAnswerCheck = () => import("./answer-check");

/** What reads the prompts and the call that a link names. Its code is fetched with the first such link. */
export const loadLinked = () => import("./linked");

/** What reads conversations from elsewhere. Its code is fetched when there are any. */
export const loadImport = () => import("./import/read-conversations");

/** What writes a comparison into a file. Its code is fetched when one is asked for. */
export const loadExport = () => import("./export/export-file");

/** What reads files to be attached. Its code is fetched with the first of them. */
export const loadAttachments = () => import("./attachments");

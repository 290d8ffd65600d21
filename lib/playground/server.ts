import "server-only";

export { findFolders, findSessions, renameFolder } from "./service/history";
export { getPromptFeedback } from "./service/prompt-feedback";
export {
  createSession,
  deleteSession,
  getSession,
  importSessions,
  moveSession,
  restoreSession,
  saveSession,
} from "./service/sessions";
export {
  createSnapshot,
  findSnapshots,
  getSnapshot,
  revokeSnapshot,
} from "./service/snapshots";
export { createVote, deleteVote, findVotes, getLeaderboard } from "./service/votes";
export { saveAnswer } from "./wire";

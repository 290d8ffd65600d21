export {
  type Answer,
  type AnswerFailure,
  type AnswerFormat,
  type Attachment,
  bounds,
  type ColumnParameters,
  type Metrics,
  type PlaygroundColumn,
  type PlaygroundDocument,
  type PlaygroundTurn,
  type PromptMessage,
  playgroundDocument,
  type ScoredToken,
  type VariableType,
  type VariableValues,
} from "./document";
export type { AnsweredPrompt, LoadedPrompt, PromptSource } from "./prompt-schema";
export {
  feedbackFilter,
  type PromptFeedback,
  type PromptSnapshot,
  type VersionFeedback,
} from "./prompt-usage";
export {
  daysKept,
  type FolderCount,
  folderName,
  folderRename,
  mostImported,
  type PlaygroundEntry,
  type PlaygroundSession,
  type PlaygroundSummary,
  type SessionFilter,
  type SessionPage,
  sessionCreation,
  sessionFilter,
  sessionImport,
  sessionMove,
  sessionUpdate,
} from "./schema";
export {
  type PlaygroundSnapshot,
  type SnapshotSummary,
  snapshotCreation,
  snapshotFilter,
} from "./snapshot-schema";
export {
  type Contender,
  type Leaderboard,
  type LeaderboardFilter,
  type LeaderboardRow,
  leaderboardFilter,
  type Vote,
  type VoteInput,
  type VoteOutcome,
  voteFilter,
  voteInput,
} from "./vote";

export { byteCount } from "./byte-count";
export { monotonicMs, now } from "./clock";
export { cutText } from "./cut-text";
export { alignAlike, likeness } from "./diff/align";
export { type SequenceChange, sequenceChanges } from "./diff/changes";
export { type MergedStretch, mergeSequences } from "./diff/merge-sequences";
export { type DiffPart, diffCounts, wordDiff } from "./diff/word-diff";
export { wordPieces } from "./diff/word-pieces";
export {
  AppError,
  type ErrorCode,
  type FieldDetail,
  isAppError,
  statusOf,
  type UpstreamAnswer,
} from "./errors";
export { newId, randomBase62, toBase62 } from "./ids";
export { Sha256, sha256Hex } from "./sha256";
export { type ApiErrorBody, apiError, zodDetails } from "./wire";
export { unpackEntry, zipEntries } from "./zip";

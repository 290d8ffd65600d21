/** What an answer must be, token by token. */
export interface TokenConstraint {
  /** Makes forbidden tokens impossible: sets their logits to -Infinity. */
  mask(logits: Float32Array): void;
  /** As `mask`, but leaves only what leads to an end by the shortest way. */
  maskToEnd(logits: Float32Array): void;
  /** Tokens that surely suffice to complete the answer from here with `maskToEnd`; 0 when it may end. */
  readonly minimumBytesToEnd: number;
  /** The same behind a token that may come next. */
  minimumAfter(token: number): number;
  /** Goes on by the token chosen. */
  push(token: number): void;
  /** The text so far is complete. */
  readonly canEnd: boolean;
  /** Nothing can follow. */
  readonly mustEnd: boolean;
}

/** What an answer must be, token by token. */
export interface TokenConstraint {
  /** Makes forbidden tokens impossible: sets their logits to -Infinity. */
  mask(logits: Float32Array): void;
  /** Goes on by the token chosen. */
  push(token: number): void;
  /** The text so far is complete. */
  readonly canEnd: boolean;
  /** Nothing can follow. */
  readonly mustEnd: boolean;
}

/** A sequence's place in a decoder. */
export interface DecoderRow {
  /** Tokens fed so far; what was reused of an earlier prompt counts. */
  readonly length: number;
}

/** Feeds tokens of several sequences to one graph and keeps what it remembers of each. */
export interface Decoder<Row extends DecoderRow = DecoderRow> {
  /** Why sequences run one after another here, if they do. */
  readonly alone?: string;
  /** Why each run copies the cache here, if it does. */
  readonly copies?: string;
  /** A new sequence. Its row may hold the beginning of `prompt` already, never all of it. */
  open(prompt: readonly number[]): Row;
  /** Feeds several tokens of one sequence; gives the logits behind the last one, for the caller to change. */
  prefill(row: Row, tokens: readonly number[]): Promise<Float32Array>;
  /** Feeds one token of each sequence; gives the logits behind each. */
  decode(rows: readonly Row[], tokens: readonly number[]): Promise<Float32Array[]>;
  /** Ends a sequence. Not while a run with it is under way. */
  close(row: Row): void;
  release(): Promise<void>;
}

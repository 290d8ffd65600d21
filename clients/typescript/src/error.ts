/** What is wrong with one field. */
export interface Detail {
  path: string;
  message: string;
}

/** A failure, with the workbench's own words where it gave any. */
export class TesseraError extends Error {
  override readonly name: string = "TesseraError";
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** `not_found`, `forbidden`, `invalid`, …; `unreachable` where no answer came. */
  readonly code: string;
  readonly details: readonly Detail[];

  constructor(message: string, facts: Pick<TesseraError, "code"> & Partial<TesseraError>) {
    super(message, { cause: facts.cause });
    this.status = facts.status ?? null;
    this.code = facts.code;
    this.details = facts.details ?? [];
  }

  /** The workbench gave no decision: it could not be reached, or failed. A refusal is a decision. */
  get isOutage(): boolean {
    return this.status === null || this.status >= 500 || this.status === 429;
  }
}

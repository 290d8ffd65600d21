/** Something in a prompt that is probably not meant, or dangerous. */
export interface LintFinding {
  rule:
    | "unused-variable"
    | "undeclared-variable"
    | "wrong-default"
    | "broken-mark"
    | "broken-reference"
    | "conflict-mark"
    | "empty-message"
    | "late-system-message"
    | "repeated-placeholder"
    | "user-text-in-system"
    | "user-text-as-answer"
    | "instructions-after-user-text";
  severity: "error" | "warning" | "hint";
  message: string;
  /** Of a text prompt, and of what stands in no message, `message` is null. */
  place: { message: number | null; start?: number; end?: number };
}

/** One text of a prompt with where it stands. */
export interface LintedText {
  text: string;
  /** Its index among the messages; null in a text prompt. */
  message: number | null;
  role: "system" | "user" | "assistant";
}

"use client";
import type { CountedMessage } from "@/lib/inference/client";
import { counted } from "../figures";
import { useTokenCount } from "./use-token-count";

interface TokenCountProps {
  messages: readonly CountedMessage[];
  model: string | null;
}

/** "118 tokens", counted by the model's own tokenizer; "about 118 tokens" where that is not here. */
export function TokenCount({ messages, model }: TokenCountProps) {
  const { tokens, basis, isExact } = useTokenCount(messages, model);
  return (
    <span title={basis}>
      {isExact ? "" : "about "}
      {counted(tokens, "token")}
      <span className="sr-only">, {basis}</span>
    </span>
  );
}

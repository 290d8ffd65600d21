"use client";
import { useState } from "react";
import { Select } from "@/components/ui/select";
import type { CountedMessage } from "@/lib/inference/client";
import { useChatModels } from "../edit/use-chat-models";
import { TokenCount } from "./token-count";

interface TokenLineProps {
  messages: readonly CountedMessage[];
  /** The model that the version names. */
  model: string | null;
}

/** How many tokens the messages are for a model that one chooses. */
export function TokenLine({ messages, model }: TokenLineProps) {
  const { models } = useChatModels();
  const [chosen, setChosen] = useState<string>();
  const names = [...new Set([...(model === null ? [] : [model]), ...models.map(({ id }) => id)])];
  const counted = chosen ?? model ?? models.find(({ engine }) => engine === "server")?.id;
  return (
    <div className="flex flex-wrap items-center gap-2 text-small text-fg-muted">
      <TokenCount messages={messages} model={counted ?? null} />
      {names.length > 0 && (
        <span className="flex min-w-0 items-center gap-1.5">
          for
          <Select
            size="sm"
            label="Count tokens for"
            className="max-w-50!"
            value={counted}
            placeholder="a model"
            options={names.map((name) => ({ value: name, label: name }))}
            onChange={setChosen}
          />
        </span>
      )}
    </div>
  );
}

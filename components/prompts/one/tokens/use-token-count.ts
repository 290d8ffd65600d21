"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSettled } from "@/components/ui/use-settled";
import { modelsQuery } from "@/lib/gateway/client";
import { type CountedMessage, loadTokenCounter } from "@/lib/inference/client";

interface Counted {
  tokens: number;
  isExact: boolean;
  /** How it was found, in words. */
  basis: string;
}

/** English text has about four characters a token. */
const charactersPerToken = 4;

const guess = (messages: readonly CountedMessage[]) =>
  Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / charactersPerToken);

/** Tokens of messages for a model: by its own tokenizer where this workbench has it, else by their length. */
export function useTokenCount(typed: readonly CountedMessage[], model: string | null): Counted {
  const text = useSettled(JSON.stringify(typed), 300);
  const models = useQuery(modelsQuery());
  const isHere = models.data?.some(({ id, engine }) => id === model && engine === "server") ?? false;
  const count = useQuery({
    queryKey: ["tokens", model, text],
    queryFn: async () => {
      const { countTokens } = await loadTokenCounter();
      return countTokens(model ?? "", JSON.parse(text) as CountedMessage[]);
    },
    enabled: isHere && text !== "[]",
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });
  if (count.data !== undefined)
    return {
      tokens: count.data,
      isExact: true,
      basis: `with the marks of its chat template, as ${model} counts`,
    };
  return {
    tokens: guess(typed),
    isExact: false,
    basis:
      isHere && count.isError
        ? `guessed: ${count.error.message}`
        : "guessed from its length, 4 characters a token",
  };
}

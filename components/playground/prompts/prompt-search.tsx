"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PromptName } from "@/components/prompts/prompt-name";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { KindIcon } from "@/components/ui/kind-icon";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { SearchInput } from "@/components/ui/search-input";
import { useSettled } from "@/components/ui/use-settled";
import { defaultAlias } from "@/lib/prompts";
import { promptsQuery } from "@/lib/prompts/client";

const mostShown = 50;

/** The prompts that one may see, found by their names and texts. */
export function PromptSearch({ onChoose }: { onChoose: (name: string) => void }) {
  const [typed, setTyped] = useState("");
  const q = useSettled(typed.trim());
  const found = useQuery({
    ...promptsQuery({ ...(q === "" ? {} : { q }), limit: mostShown }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="grid gap-2">
      <SearchInput label="Find a prompt" value={typed} onChange={setTyped} keyless className="w-full!" />
      <div className="h-80 overflow-y-auto">
        {found.isPending ? (
          <RowsSkeleton rows={8} />
        ) : found.isError ? (
          <ErrorState
            title="The prompts could not be read"
            error={found.error}
            onRetry={() => void found.refetch()}
          />
        ) : found.data.prompts.length === 0 ? (
          <EmptyState
            kind="prompt"
            title={q === "" ? "No prompts yet" : "No prompt says that"}
            action={<ButtonLink href="/prompts">Open the library</ButtonLink>}
          >
            {q === ""
              ? "Save what is written here as the first one, or make it in the library."
              : "Names, comments and texts of last versions were searched, of prompts that you may see."}
          </EmptyState>
        ) : (
          <ul>
            {found.data.prompts.map(({ id, fullName, comment, aliases, lastNumber }) => {
              const live = aliases.find(({ alias }) => alias === defaultAlias);
              return (
                <li key={id} className="border-b last:border-b-0">
                  <button
                    type="button"
                    onClick={() => onChoose(fullName)}
                    className="flex min-h-8 w-full items-center gap-2 px-1.5 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11"
                  >
                    <KindIcon kind="prompt" />
                    <PromptName fullName={fullName} query={q} className="min-w-0 break-words" />
                    <span className="min-w-0 flex-1 truncate text-small text-fg-muted">{comment}</span>
                    <span className="flex-none text-small whitespace-nowrap text-fg-subtle">
                      {live ? `production v${live.version}` : `v${lastNumber}`}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
        )}
      </div>
      {found.data?.next && (
        <p className="text-small text-fg-subtle">The first {mostShown}. Type more to find others.</p>
      )}
    </div>
  );
}

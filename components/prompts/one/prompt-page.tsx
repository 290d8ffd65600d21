"use client";
import { useQuery } from "@tanstack/react-query";
import { ObjectMissing } from "@/components/catalog/object-missing";
import { Crumb } from "@/components/shell/crumb";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { isAppError } from "@/lib/core";
import { promptQuery } from "@/lib/prompts/client";
import { promptTrail } from "./prompt-trail";
import { PromptView } from "./prompt-view";

/** One prompt, by its full name. */
export function PromptPage({ name, admin }: { name: string; admin: boolean }) {
  const prompt = useQuery(promptQuery(name));
  const fullName = prompt.data?.fullName ?? name;
  return (
    <>
      <Crumb {...promptTrail(fullName)} />
      {prompt.isPending ? (
        <>
          <h1 className="sr-only">{name}</h1>
          <RowsSkeleton rows={8} />
        </>
      ) : prompt.isError ? (
        isAppError(prompt.error) && prompt.error.code === "not_found" ? (
          <ObjectMissing name={name} kind="prompt" />
        ) : (
          <ErrorState
            title={`${name} could not be read`}
            error={prompt.error}
            onRetry={() => void prompt.refetch()}
          />
        )
      ) : (
        <PromptView key={prompt.data.id} prompt={prompt.data} admin={admin} />
      )}
    </>
  );
}

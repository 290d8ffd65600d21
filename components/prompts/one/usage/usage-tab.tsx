"use client";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { PromptDetail } from "@/lib/prompts";
import { playgroundPath } from "../playground-path";
import { useUsage } from "../use-usage";
import { IncludedIn } from "./included-in";
import { InvocationTable } from "./invocation-table";
import { VersionUsageTable } from "./version-usage-table";

/** How the versions were called in 30 days, the calls themselves, and the prompts that include this one. */
export function UsageTab({ prompt }: { prompt: PromptDetail }) {
  const usage = useUsage(prompt);
  if (usage.isPending) return <RowsSkeleton rows={4} />;
  if (usage.isError) {
    return (
      <ErrorState title="Usage could not be read" error={usage.error} onRetry={() => void usage.refetch()} />
    );
  }
  const { days, versions, invocations, includedIn } = usage.data;
  return (
    <>
      {versions.length === 0 ? (
        <EmptyState
          kind="trace"
          title={`Not called in ${days} days`}
          action={
            <ButtonLink href={playgroundPath(prompt, prompt.lastNumber)}>Open in playground</ButtonLink>
          }
        >
          Calls that name this prompt are counted here, over the API and in the playground.
        </EmptyState>
      ) : (
        <>
          <VersionUsageTable prompt={prompt} days={days} rows={versions} />
          <InvocationTable prompt={prompt} rows={invocations} />
        </>
      )}
      <IncludedIn prompt={prompt} rows={includedIn} />
    </>
  );
}

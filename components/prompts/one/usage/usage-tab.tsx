"use client";
import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { promptFeedbackQuery } from "@/lib/playground/client";
import type { PromptDetail } from "@/lib/prompts";
import { playgroundPath } from "../playground-path";
import { useUsage } from "../use-usage";
import { IncludedIn } from "./included-in";
import { InvocationTable } from "./invocation-table";
import { SnapshotTable } from "./snapshot-table";
import { VersionUsageTable } from "./version-usage-table";

/** How the versions did in 30 days and in votes, the calls themselves, and the snapshots and prompts that use this one. */
export function UsageTab({ prompt }: { prompt: PromptDetail }) {
  const usage = useUsage(prompt);
  const feedback = useQuery(promptFeedbackQuery(prompt.fullName));
  if (usage.isPending || feedback.isPending) return <RowsSkeleton rows={4} />;
  if (usage.isError) {
    return (
      <ErrorState title="Usage could not be read" error={usage.error} onRetry={() => void usage.refetch()} />
    );
  }
  const { days, versions, invocations, includedIn } = usage.data;
  const voted = feedback.data?.versions ?? [];
  return (
    <>
      {versions.length === 0 && voted.length === 0 ? (
        <EmptyState
          kind="trace"
          title={`Not used in ${days} days`}
          action={
            <ButtonLink href={playgroundPath(prompt, prompt.lastNumber)}>Open in playground</ButtonLink>
          }
        >
          Calls that name this prompt are counted here, over the API and in the playground, and fetches by
          applications.
        </EmptyState>
      ) : (
        <>
          <VersionUsageTable
            prompt={prompt}
            days={days}
            rows={versions}
            feedback={feedback.isError ? null : voted}
          />
          <InvocationTable prompt={prompt} rows={invocations} />
        </>
      )}
      {feedback.isError && (
        <ErrorState
          title="Feedback could not be read"
          error={feedback.error}
          onRetry={() => void feedback.refetch()}
        />
      )}
      <SnapshotTable prompt={prompt} />
      <IncludedIn prompt={prompt} rows={includedIn} />
    </>
  );
}

"use client";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { PromptDetail } from "@/lib/prompts";
import { promptKeys, versionsQuery } from "@/lib/prompts/client";
import { counted } from "../figures";
import type { PromptViewState } from "../use-prompt-view";
import { useUsage } from "../use-usage";
import { DraftRow } from "./draft-row";
import { useVersionKeys } from "./use-version-keys";
import { VersionRow } from "./version-row";

interface VersionListProps {
  prompt: PromptDetail;
  view: PromptViewState;
}

/** Every version, newest first, with one's draft on top; two of them are the sides of the comparison. */
export function VersionList({ prompt, view }: VersionListProps) {
  const { fullName, lastNumber, draft } = prompt;
  const cache = useQueryClient();
  const usage = useUsage(prompt).data;
  const [isWanted, setWanted] = useState(false);
  const oldest = prompt.versions.at(-1)?.number ?? 1;
  const older = useInfiniteQuery({
    queryKey: [...promptKeys.all, "older", fullName, oldest],
    queryFn: ({ pageParam }) => cache.fetchQuery(versionsQuery(fullName, pageParam)),
    initialPageParam: oldest,
    getNextPageParam: ({ next }) => next,
    enabled: isWanted,
  });
  const versions = [...prompt.versions, ...(older.data?.pages.flatMap((page) => page.versions) ?? [])];
  const hasOlder = (versions.at(-1)?.number ?? 1) > 1;
  const load = () => (isWanted ? void older.fetchNextPage() : setWanted(true));
  useVersionKeys(prompt, view);
  const calls = new Map(usage?.versions.map(({ version, calls }) => [version, calls]));
  const most = Math.max(1, ...calls.values());
  return (
    <>
      <header className="flex h-12 flex-none items-center gap-2 border-b px-4">
        <h2>Versions</h2>
        <span className="text-small text-fg-subtle">
          {lastNumber}
          {draft && " and a draft"}
        </span>
        <span className="ml-auto flex items-center gap-1">
          <Kbd keys="[" />
          <Kbd keys="]" />
        </span>
      </header>
      <ol aria-label="Versions, newest first" className="min-h-0 flex-1 md:overflow-y-auto">
        {draft && <DraftRow draft={draft} view={view} />}
        {versions.map((version) => (
          <VersionRow
            key={version.number}
            prompt={prompt}
            version={version}
            view={view}
            calls={usage && (calls.get(version.number) ?? 0)}
            most={most}
          />
        ))}
        {hasOlder && (
          <li className="grid justify-items-center gap-1 p-2.5">
            <Button
              size="sm"
              busy={older.isFetching}
              onClick={load}
              className="max-sm:min-h-11"
            >{`Load older, ${counted(lastNumber - versions.length, "version")}`}</Button>
            {older.isError && (
              <p role="alert" className="text-small text-danger">
                Not loaded. {older.error.message}
              </p>
            )}
          </li>
        )}
      </ol>
    </>
  );
}

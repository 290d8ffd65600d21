"use client";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { PromptList as PromptListPage } from "@/lib/prompts";
import { PromptTable } from "./prompt-table";
import type { LibraryView } from "./use-library-view";

interface PromptListProps {
  list: UseInfiniteQueryResult<InfiniteData<PromptListPage>>;
  view: LibraryView;
}

/** The prompts that match, page after page, or why there are none. */
export function PromptList({ list, view }: PromptListProps) {
  if (list.isPending) return <RowsSkeleton rows={12} />;
  if (list.isError && !list.data) {
    return (
      <ErrorState
        title="The prompts could not be read"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  }
  const prompts = list.data.pages.flatMap((page) => page.prompts);
  if (prompts.length === 0) return <NoPrompts view={view} />;
  return (
    <div aria-busy={list.isPlaceholderData} className={cx(list.isPlaceholderData && "opacity-60")}>
      <PromptTable prompts={prompts} query={view.filter.q} onNarrow={view.narrow} />
      <div className="flex min-h-12 flex-wrap items-center gap-3 px-4 py-2 text-small text-fg-muted">
        <span role="status">{countWord(prompts.length, list.hasNextPage)}</span>
        {list.isError && (
          <span className="text-danger">The next ones could not be read. {list.error.message}</span>
        )}
        {list.hasNextPage && (
          <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
    </div>
  );
}

function countWord(count: number, goesOn: boolean): string {
  if (goesOn) return `${count.toLocaleString("en-US")} shown`;
  return count === 1 ? "1 prompt" : `${count.toLocaleString("en-US")} prompts`;
}

function NoPrompts({ view }: { view: LibraryView }) {
  const { q, schema } = view.filter;
  const others = Object.keys(view.filter).length;
  if (others > 0 && !(schema && others === 1)) {
    return (
      <EmptyState
        kind="prompt"
        title="No prompt matches"
        action={<Button onClick={view.clear}>Show all prompts</Button>}
      >
        {q
          ? "Names, comments and the texts of last versions were searched."
          : "Change the filter to see others."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      kind="prompt"
      title={schema ? `No prompts in ${schema}` : "No prompts yet"}
      action={
        <>
          <Button variant="primary" icon="plus" onClick={() => view.open("new")}>
            New prompt
          </Button>
          {schema ? (
            <Button onClick={view.clear}>Show all prompts</Button>
          ) : (
            <Button onClick={() => view.open("import")}>Import files</Button>
          )}
        </>
      }
    >
      A prompt keeps every version, and applications fetch it by a name such as production.
    </EmptyState>
  );
}

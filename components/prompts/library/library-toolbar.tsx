"use client";
import type { Person, PromptSummary } from "@/lib/prompts";
import { OwnerFilter } from "./owner-filter";
import { SchemaFilter } from "./schema-filter";
import { SearchText } from "./search-text";
import { TagFilter } from "./tag-filter";
import type { LibraryView } from "./use-library-view";

interface LibraryToolbarProps {
  view: LibraryView;
  me: Person;
  /** Those that are shown; none until they are read. */
  prompts: readonly PromptSummary[];
}

/** What the list is narrowed to. */
export function LibraryToolbar({ view, me, prompts }: LibraryToolbarProps) {
  const { filter, narrow } = view;
  return (
    <div className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-b px-4 py-2">
      <SearchText value={filter.q} onChange={(q) => narrow({ q })} />
      <SchemaFilter value={filter.schema} onChange={(schema) => narrow({ schema })} />
      <OwnerFilter
        value={filter.owner}
        onChange={(owner) => narrow({ owner })}
        me={me}
        known={prompts.map(({ owner }) => owner)}
      />
      <TagFilter value={filter.tag} onChange={(tag) => narrow({ tag })} prompts={prompts} />
    </div>
  );
}

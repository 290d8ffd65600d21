"use client";
import { SearchInput } from "@/components/ui/search-input";

interface SearchBarProps {
  label: string;
  value: string;
  onChange: (q: string) => void;
  /** Of what matches; absent until it is read. */
  total: number | undefined;
  /** How many of them are listed. */
  listed: number;
  /** "key", "keys" */
  nouns: readonly [one: string, many: string];
}

/** Finds rows of a long list, and says how many there are. */
export function SearchBar({ label, value, onChange, total, listed, nouns }: SearchBarProps) {
  const [one, many] = nouns;
  return (
    <div className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-b px-4 py-2">
      <SearchInput className="max-sm:w-full!" label={label} value={value} onChange={onChange} />
      {total !== undefined && (
        <span role="status" className="ml-auto text-small text-fg-muted max-sm:ml-0">
          {total > listed
            ? `The first ${listed} of ${total.toLocaleString("en-US")} ${many}: search to see others`
            : `${total} ${total === 1 ? one : many}`}
        </span>
      )}
    </div>
  );
}

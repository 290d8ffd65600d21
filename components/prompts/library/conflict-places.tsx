import type { MergeConflict } from "@/lib/prompts";

/** Where both sides changed the same, with what each says. */
export function ConflictPlaces({ conflicts }: { conflicts: readonly MergeConflict[] }) {
  return (
    <details className="mt-1 text-small">
      <summary className="cursor-pointer text-accent max-sm:min-h-11 max-sm:content-center">
        {conflicts.length === 1 ? "1 place" : `${conflicts.length} places`}
      </summary>
      <dl className="mt-1 grid gap-2">
        {conflicts.map(({ path, theirs, mine }) => (
          <div key={path} className="grid gap-1 rounded-2 bg-hover px-2.5 py-2">
            <dt className="font-mono">{path}</dt>
            <Side label="In the library" text={theirs} />
            <Side label="In the file" text={mine} />
          </div>
        ))}
      </dl>
    </details>
  );
}

function Side({ label, text }: { label: string; text: string | null }) {
  return (
    <dd className="grid gap-0.5">
      <span className="text-micro text-fg-subtle">{label}</span>
      {text === null ? (
        <span className="text-fg-subtle">left out</span>
      ) : (
        <span className="line-clamp-6 font-mono wrap-anywhere whitespace-pre-wrap">{text}</span>
      )}
    </dd>
  );
}

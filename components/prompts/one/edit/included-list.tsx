import Link from "next/link";
import { promptPath } from "@/components/prompts/paths";
import type { FetchedPrompt } from "@/lib/prompts";

/** The prompts that stand in this one, with the version that each means now. */
export function IncludedList({ includes }: { includes: FetchedPrompt["includes"] }) {
  if (includes.length === 0) return null;
  return (
    <div className="grid gap-1 text-small">
      <h3 className="text-small text-fg-muted">Includes</h3>
      <ul className="grid gap-0.5">
        {includes.map(({ fullName, version, alias, depth }) => (
          <li
            key={`${fullName} ${version} ${alias}`}
            className="flex items-center gap-2"
            style={{ paddingLeft: `${(depth - 1) * 12}px` }}
          >
            <Link
              href={promptPath(fullName, { version })}
              className="min-w-0 truncate text-accent hover:text-accent-strong"
            >
              {fullName}
            </Link>
            <span className="flex-none text-fg-subtle">
              {alias ? `${alias}, now v${version}` : `v${version}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

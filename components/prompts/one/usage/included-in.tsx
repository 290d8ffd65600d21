import Link from "next/link";
import { SectionHead } from "@/components/models/section-head";
import { promptPath } from "@/components/prompts/paths";
import { KindIcon } from "@/components/ui/kind-icon";
import type { PromptDetail, PromptUsage } from "@/lib/prompts";

interface IncludedInProps {
  prompt: PromptDetail;
  rows: PromptUsage["includedIn"];
}

/** Prompts whose last version takes this one in. */
export function IncludedIn({ prompt, rows }: IncludedInProps) {
  // Only texts can be included.
  if (prompt.type === "chat" && rows.length === 0) return null;
  return (
    <section aria-labelledby="included-in" className="border-t">
      <SectionHead id="included-in" title="Included in" />
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-small text-fg-subtle">
          No prompt that you may see includes it.
          {prompt.type === "text" && (
            <>
              {" "}
              Write <code className="wrap-anywhere">{`{{> ${prompt.fullName}@production}}`}</code> into
              another one.
            </>
          )}
        </p>
      ) : (
        <ul>
          {rows.map(({ fullName, version }) => (
            <li
              key={fullName}
              className="flex min-h-(--h-row) items-center gap-2 border-b px-4 max-sm:min-h-11"
            >
              <KindIcon kind="prompt" />
              <Link href={promptPath(fullName)} className="min-w-0 truncate hover:text-accent">
                {fullName}
              </Link>
              <span className="text-small text-fg-subtle">v{version}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import Link from "next/link";
import { cx } from "@/components/ui/cx";
import { KindIcon } from "@/components/ui/kind-icon";
import { Td, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { defaultAlias, latest, type PromptSummary } from "@/lib/prompts";
import { AliasChip } from "../alias-chip";
import { promptPath } from "../paths";
import { PromptName } from "../prompt-name";
import { MatchExcerpt } from "./match-excerpt";
import { TagButtons } from "./tag-buttons";
import type { Narrowing } from "./use-library-view";

interface PromptRowProps {
  prompt: PromptSummary;
  query: string | undefined;
  onNarrow: (change: Narrowing) => void;
}

const shownAliases = 2;

export function PromptRow({ prompt, query, onNarrow }: PromptRowProps) {
  const { fullName, type, comment, owner, tags, lastNumber, changedAt, changedBy, lastUsedAt } = prompt;
  const production = prompt.aliases.find(({ alias }) => alias === defaultAlias);
  const others = prompt.aliases.filter(({ alias }) => alias !== defaultAlias && alias !== latest);
  const by = changedBy?.name ?? "the workbench";
  return (
    <Tr>
      <Td
        className={cx("max-w-100 max-sm:w-full max-sm:max-w-0", prompt.match && "py-1.5")}
        title={comment || undefined}
      >
        <Link
          href={promptPath(fullName)}
          data-row=""
          className="flex min-w-0 items-center gap-2 hover:[&_b]:text-accent max-sm:min-h-11 max-sm:flex-wrap max-sm:content-center max-sm:gap-y-0"
        >
          <KindIcon kind="prompt" />
          <PromptName fullName={fullName} query={query} className="min-w-0 flex-1 truncate" />
          <span className="truncate pl-6.5 text-small text-fg-subtle max-sm:basis-full sm:hidden">
            {type}, v{lastNumber}, <Time at={changedAt} day /> by {by}
          </span>
        </Link>
        {prompt.match && <MatchExcerpt match={prompt.match} />}
      </Td>
      <Td narrow="hide" className="text-fg-muted">
        {type}
      </Td>
      <Td>
        {production ? (
          <AliasLink fullName={fullName} {...production} />
        ) : (
          <span className="text-fg-subtle">none</span>
        )}
      </Td>
      <Td narrow="hide">
        <span className="flex items-center gap-1.5">
          {others.slice(0, shownAliases).map((each) => (
            <AliasLink key={each.alias} fullName={fullName} {...each} />
          ))}
          {others.length > shownAliases && (
            <span
              className="text-small text-fg-subtle"
              title={others
                .slice(shownAliases)
                .map(({ alias, version }) => `${alias}: v${version}`)
                .join(", ")}
            >
              +{others.length - shownAliases}
            </span>
          )}
        </span>
      </Td>
      <Td narrow="hide" className="text-fg-muted tabular-nums">
        v{lastNumber}
      </Td>
      <Td narrow="hide" className="max-lg:hidden">
        <TagButtons tags={tags} onChoose={(tag) => onNarrow({ tag })} />
      </Td>
      <Td narrow="hide" className="max-w-32 truncate max-lg:hidden">
        <button
          type="button"
          title={`Prompts of ${owner.name}`}
          onClick={() => onNarrow({ owner: owner.id })}
          className="max-w-full truncate text-fg-muted hover:text-accent"
        >
          {owner.name}
        </button>
      </Td>
      <Td narrow="hide" className="max-w-44 truncate text-fg-muted" title={`by ${by}`}>
        <Time at={changedAt} /> by {by}
      </Td>
      <Td narrow="hide" end className="text-fg-muted">
        {lastUsedAt ? <Time at={lastUsedAt} /> : <span className="text-fg-subtle">no call yet</span>}
      </Td>
    </Tr>
  );
}

interface AliasLinkProps {
  fullName: string;
  alias: string;
  version: number;
  isProtected: boolean;
}

function AliasLink({ fullName, version, ...rest }: AliasLinkProps) {
  return (
    <Link href={promptPath(fullName, { version })} className="inline-flex align-middle">
      <AliasChip version={version} {...rest} />
    </Link>
  );
}

import { requestPath } from "@/components/access/paths";
import { AliasChip } from "@/components/prompts/alias-chip";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { PromptDetail } from "@/lib/prompts";
import { ruleOf } from "./alias-rights";
import { counted } from "./figures";

/** What one sees who may know of a prompt but not read it, and the way to ask for more. */
export function FactsOnly({ prompt }: { prompt: PromptDetail }) {
  const { fullName, owner, lastNumber, changedAt, aliases } = prompt;
  return (
    <>
      <EmptyState
        kind="prompt"
        title="You may see that it exists, not what it says"
        action={
          <ButtonLink variant="primary" href={requestPath(fullName, "prompt", "EXECUTE")}>
            Request EXECUTE
          </ButtonLink>
        }
      >
        You need EXECUTE on {fullName}. {owner.name} can grant it.
      </EmptyState>
      <p className="flex flex-wrap items-center justify-center gap-2 px-4 text-small text-fg-muted">
        <span>
          {counted(lastNumber, "version")}, changed <Time at={changedAt} />
        </span>
        {aliases.map(({ alias, version }) => (
          <AliasChip
            key={alias}
            alias={alias}
            version={version}
            isProtected={ruleOf(prompt, alias) !== undefined}
          />
        ))}
      </p>
    </>
  );
}

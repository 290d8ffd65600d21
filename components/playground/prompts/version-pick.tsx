"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { AliasChip } from "@/components/prompts/alias-chip";
import { PromptName } from "@/components/prompts/prompt-name";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { ErrorState } from "@/components/ui/error-state";
import { Note } from "@/components/ui/note";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Time } from "@/components/ui/time";
import { defaultAlias, latest, type PromptDetail, type VersionChoice } from "@/lib/prompts";
import { promptQuery } from "@/lib/prompts/client";

interface VersionPickProps {
  name: string;
  choice: VersionChoice | null;
  onChoose: (choice: VersionChoice) => void;
  onBack: () => void;
}

/** Which version: by an alias, as applications ask for it, or by its number. */
export function VersionPick({ name, choice, onChoose, onBack }: VersionPickProps) {
  const detail = useQuery(promptQuery(name));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <Button size="sm" variant="ghost" icon="chevron-left" onClick={onBack}>
          Other prompts
        </Button>
        <PromptName fullName={name} className="min-w-0 break-words" />
      </div>
      {detail.isPending ? (
        <RowsSkeleton rows={8} />
      ) : detail.isError ? (
        <ErrorState
          title={`${name} could not be read`}
          error={detail.error}
          onRetry={() => void detail.refetch()}
        />
      ) : !detail.data.may.execute ? (
        <Note tone="warn">
          You need EXECUTE on {name} to read and run it. {detail.data.owner.name} owns it and can grant it.
        </Note>
      ) : (
        <Versions prompt={detail.data} choice={choice} onChoose={onChoose} />
      )}
    </div>
  );
}

interface VersionsProps {
  prompt: PromptDetail;
  choice: VersionChoice | null;
  onChoose: (choice: VersionChoice) => void;
}

function Versions({ prompt, choice, onChoose }: VersionsProps) {
  const { aliases, versions, lastNumber, rules } = prompt;
  const named = [...aliases.filter(({ alias }) => alias !== latest), { alias: latest, version: lastNumber }];
  const usual = named.find(({ alias }) => alias === defaultAlias) ?? named.at(-1);
  // What applications get is what one most likely wants to see.
  useEffect(() => {
    if (choice === null && usual) onChoose({ alias: usual.alias });
  }, [choice, usual, onChoose]);
  const row = (chosen: boolean) =>
    cx(
      "flex min-h-8 w-full items-center gap-2 px-1.5 py-1 text-left focus-visible:-outline-offset-2 pointer-coarse:min-h-11",
      chosen ? "bg-accent-bg" : "hover:bg-hover",
    );
  return (
    <div className="max-h-80 overflow-y-auto">
      <ul aria-label="Aliases">
        {named.map(({ alias, version }) => {
          const chosen = choice?.alias === alias;
          return (
            <li key={alias}>
              <button
                type="button"
                aria-pressed={chosen}
                onClick={() => onChoose({ alias })}
                className={row(chosen)}
              >
                <AliasChip
                  alias={alias}
                  version={version}
                  isProtected={rules.some((rule) => rule.alias === alias)}
                />
              </button>
            </li>
          );
        })}
      </ul>
      <ul aria-label="Versions" className="border-t">
        {versions.map(({ number, message, createdAt, createdBy }) => {
          const chosen = choice?.version === number;
          return (
            <li key={number}>
              <button
                type="button"
                aria-pressed={chosen}
                onClick={() => onChoose({ version: number })}
                className={row(chosen)}
              >
                <b className="w-10 flex-none">v{number}</b>
                <span className="min-w-0 flex-1 truncate">{message}</span>
                <span className="flex-none text-small whitespace-nowrap text-fg-subtle max-sm:hidden">
                  {createdBy?.name ?? "Tessera"}, <Time at={createdAt} day />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

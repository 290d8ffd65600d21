"use client";
import { PromptName } from "@/components/prompts/prompt-name";
import { Icon } from "@/components/ui/icon";
import { useMedia } from "@/components/ui/use-media";
import type { PlaygroundColumn } from "@/lib/playground";
import { isEdited } from "@/lib/playground/client";
import type { Session } from "../session";

interface ColumnPromptProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
}

/** The prompt of a column's own; pressing it shows its text above. */
export function ColumnPrompt({ session, column: { id, prompt }, letter }: ColumnPromptProps) {
  // Where there is no room for the panel it opens as a dialog.
  const small = useMedia("(max-width: 39.99rem)");
  if (!prompt) return null;
  const { name, version, alias } = prompt;
  return (
    <button
      type="button"
      onClick={() => session.view.setState({ promptShown: id, ...(small ? { promptOpen: true } : {}) })}
      title={`${name} v${version}`}
      className="flex h-8 min-w-0 flex-none items-center gap-1.5 border-b px-3.5 text-left text-small hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:h-11"
    >
      <Icon name="prompt" size={14} className="flex-none text-kind-language" />
      <span className="min-w-0 truncate">
        <PromptName fullName={name} />
      </span>
      <span className="flex-none whitespace-nowrap">
        v{version}
        {alias !== null && <span className="text-fg-subtle"> {alias}</span>}
        {isEdited(prompt) && <span className="text-warn"> edited</span>}
      </span>
      <span className="sr-only">, show the prompt of column {letter}</span>
    </button>
  );
}

"use client";
import Link from "next/link";
import { AliasChip } from "@/components/prompts/alias-chip";
import { promptPath } from "@/components/prompts/paths";
import { PromptName } from "@/components/prompts/prompt-name";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { KindIcon } from "@/components/ui/kind-icon";
import type { LoadedPrompt } from "@/lib/playground";
import { isEdited, type PromptTarget } from "@/lib/playground/client";
import type { Session } from "../session";
import { LoadedMenu } from "./loaded-menu";

interface LoadedHeadProps {
  session: Session;
  target: PromptTarget;
  prompt: LoadedPrompt;
  /** What differs from the version is shown in place of the editor. */
  comparing: boolean;
  onCompare: () => void;
}

/** Which version of which prompt this is, and whether it was changed here. */
export function LoadedHead({ session, target, prompt, comparing, onCompare }: LoadedHeadProps) {
  const { name, version, alias } = prompt;
  const edited = isEdited(prompt);
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-1.5 gap-y-1">
      <KindIcon kind="prompt" />
      <Link href={promptPath(name, { version })} className="min-w-0 break-words hover:underline">
        <PromptName fullName={name} />
      </Link>
      {alias === null ? <Badge mono>v{version}</Badge> : <AliasChip alias={alias} version={version} />}
      {edited && <Badge tone="warn">edited from v{version}</Badge>}
      <span className="ml-auto flex items-center gap-1">
        {edited && (
          <>
            <Button variant="ghost" size="sm" aria-pressed={comparing} onClick={onCompare}>
              {comparing ? "Show the text" : "Show changes"}
            </Button>
            <Button
              size="sm"
              icon="bookmark"
              onClick={() => session.view.setState({ dialog: "save-version", promptShown: target })}
            >
              Save as version
            </Button>
          </>
        )}
        <LoadedMenu session={session} target={target} prompt={prompt} />
      </span>
    </div>
  );
}

import Link from "next/link";
import type { MoveRequest } from "@/lib/prompts";
import { AliasChip } from "../alias-chip";
import { promptPath } from "../paths";
import { PromptName } from "../prompt-name";
import { fromTo } from "./request-words";

/** Which alias of which prompt, and from where to where. */
export function AskedMove({ request }: { request: MoveRequest }) {
  const { prompt, alias } = request;
  return (
    <span className="flex min-w-0 items-center gap-2 max-sm:flex-wrap">
      <Link href={promptPath(prompt.fullName)} className="min-w-0 truncate hover:[&_b]:text-accent">
        <PromptName fullName={prompt.fullName} />
      </Link>
      <span className="flex flex-none items-center gap-1.5 max-sm:basis-full">
        <AliasChip alias={alias} />
        <span className="text-small text-fg-muted tabular-nums">{fromTo(request)}</span>
      </span>
    </span>
  );
}

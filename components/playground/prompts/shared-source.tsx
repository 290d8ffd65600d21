import { PromptName } from "@/components/prompts/prompt-name";
import { Badge } from "@/components/ui/badge";
import type { LoadedPrompt } from "@/lib/playground";
import { currentContent, isEdited } from "@/lib/playground/client";

/** Which version of which prompt asked, and its text as it was then. */
export function SharedSource({ prompt }: { prompt: LoadedPrompt }) {
  const { name, version, alias } = prompt;
  const content = currentContent(prompt);
  const lines =
    content.type === "text"
      ? [{ role: "text", text: content.text }]
      : content.messages.map((message) =>
          "text" in message
            ? message
            : { role: "messages", text: `the conversation, as ${message.placeholder}` },
        );
  return (
    <>
      <p className="flex min-w-0 flex-wrap items-center gap-1.5">
        <PromptName fullName={name} className="min-w-0 break-words" />
        <Badge mono>v{version}</Badge>
        {alias !== null && <Badge icon="pin">{alias}</Badge>}
        {isEdited(prompt) && <Badge tone="warn">edited from v{version}</Badge>}
      </p>
      {lines.map(({ role, text }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a message has no other name than its place.
          key={index}
          className="grid grid-cols-[64px_minmax(0,1fr)] gap-1 max-sm:grid-cols-[minmax(0,1fr)]"
        >
          <span className="text-micro leading-5 text-fg-subtle">{role}</span>
          <div className="break-words whitespace-pre-wrap">{text}</div>
        </div>
      ))}
    </>
  );
}

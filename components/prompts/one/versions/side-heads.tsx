import { cx } from "@/components/ui/cx";
import { type PromptContent, textsOf } from "@/lib/prompts";
import { TokenCount } from "../tokens/token-count";

interface SideHeadsProps {
  before: PromptContent;
  after: PromptContent;
  /** In two columns. */
  isSplit: boolean;
  isPair: boolean;
}

/** Roles and tokens of each side, over its text. */
export function SideHeads({ before, after, isSplit, isPair }: SideHeadsProps) {
  return (
    <div className={cx("grid", isSplit && "grid-cols-2")}>
      {isSplit && <Head content={before} className="border-r" />}
      <Head content={after} against={isPair && !isSplit ? before : undefined} />
    </div>
  );
}

interface HeadProps {
  content: PromptContent;
  /** Counted in front of it, where both share one head. */
  against?: PromptContent | undefined;
  className?: string;
}

function Head({ content, against, className }: HeadProps) {
  return (
    <div className={cx("flex h-8.5 items-center gap-2 px-4 text-micro text-fg-subtle", className)}>
      <span className="min-w-0 truncate">{rolesOf(content)}</span>
      <span className="ml-auto flex-none text-small">
        {against && (
          <>
            <Tokens content={against} /> <span aria-hidden="true">→</span>
            <span className="sr-only">to</span>{" "}
          </>
        )}
        <Tokens content={content} />
      </span>
    </div>
  );
}

function Tokens({ content }: { content: PromptContent }) {
  const messages =
    content.type === "text"
      ? textsOf(content).map((text) => ({ role: "user" as const, content: text }))
      : content.messages.flatMap((message) =>
          "text" in message ? [{ role: message.role, content: message.text }] : [],
        );
  return <TokenCount messages={messages} model={content.model} />;
}

/** "system, user"; places for messages by their names. */
function rolesOf(content: PromptContent): string {
  if (content.type === "text") return "text";
  return content.messages
    .map((message) => ("text" in message ? message.role : `{${message.placeholder}}`))
    .join(", ");
}

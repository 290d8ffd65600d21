import type { FilledMessage, FilledPart } from "./filled";

interface PreviewMessagesProps {
  messages: readonly FilledMessage[];
  /** Roles are named; a text prompt is one message anyway. */
  isChat: boolean;
}

/** The messages as they would be sent, what was filled in on a ground of its own. */
export function PreviewMessages({ messages, isChat }: PreviewMessagesProps) {
  return (
    <ol
      aria-label="As it would be sent"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="grid max-h-[60dvh] gap-px overflow-y-auto rounded-2 border bg-line"
    >
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages have no other name than their place.
        <li key={index} className="bg-surface px-3 py-2">
          {message.kind === "place" ? (
            <p className="text-small text-fg-subtle">
              messages of <code>{message.name}</code> stand here
            </p>
          ) : (
            <>
              {isChat && <span className="block text-micro text-fg-subtle">{message.role}</span>}
              <p className="text-read break-words whitespace-pre-wrap">
                {message.parts.map((part) => (
                  <Part key={part.start} part={part} />
                ))}
              </p>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

function Part({ part: { kind, text } }: { part: FilledPart }) {
  if (kind === "text") return <>{text}</>;
  if (kind === "filled") return <span className="rounded-1 bg-accent-bg">{text}</span>;
  return <span className="rounded-1 bg-warn-bg font-mono text-small text-warn">{text}</span>;
}

import { type DiffLine, parseTemplate } from "@/lib/prompts";

/** The words of a line: changed ones marked, variables on their ground. */
export function LineText({ line, side }: { line: DiffLine; side: "before" | "after" }) {
  return (
    <span className="min-w-0 pr-2 break-words whitespace-pre-wrap [&_:is(ins,del)]:box-decoration-clone">
      {line.spans.map(({ text, changed }, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a run has no other name than its place.
        if (!changed) return <Marked key={index} text={text} />;
        const Mark = side === "before" ? "del" : "ins";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run has no other name than its place.
          <Mark key={index}>
            <span className="sr-only select-none">{side === "before" ? "[removed: " : "[added: "}</span>
            {text}
            <span className="sr-only select-none">] </span>
          </Mark>
        );
      })}
    </span>
  );
}

function Marked({ text }: { text: string }) {
  return parseTemplate(text).map(({ kind, start, end }) =>
    kind === "text" ? (
      text.slice(start, end)
    ) : (
      <span
        key={start}
        className={
          kind === "variable"
            ? "rounded-1 bg-accent-bg px-0.75 py-px text-accent"
            : "rounded-1 bg-sunken px-0.75 py-px text-fg-muted inset-ring inset-ring-line"
        }
      >
        {text.slice(start, end)}
      </span>
    ),
  );
}

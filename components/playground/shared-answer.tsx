import { Icon } from "@/components/ui/icon";
import type { Answer } from "@/lib/playground";
import { sourceName } from "@/lib/playground/client";
import { AnswerText } from "./answer-text";
import { count, duration, rate } from "./figures";
import { OutcomeBadge } from "./outcome-badge";

/** "41 ms first token", "210 tokens/s", "38 in, 2 out": what was measured, and by whom. */
function figuresOf({ metrics }: Answer): string[] {
  if (!metrics) return ["not measured"];
  const { firstTokenMs, tokensPerSecond, inputTokens, outputTokens, provenance } = metrics;
  return [
    firstTokenMs === null ? "" : `${duration(firstTokenMs).join(" ")} to the first token`,
    tokensPerSecond === null ? "" : `${rate(tokensPerSecond)} tokens/s`,
    inputTokens === null ? "" : `${count(inputTokens)} in`,
    outputTokens === null ? "" : `${count(outputTokens)} out`,
    provenance === "measured" ? "measured by the server" : "reported by the client",
  ].filter((words) => words !== "");
}

interface SharedAnswerProps {
  answer: Answer;
  /** "2 of 3", where there are several. */
  place?: string;
  /** The column's model, when the answer is by another. */
  column: string;
}

/** An answer with what it took or why it failed; nothing here can be changed. */
export function SharedAnswer({ answer, place, column }: SharedAnswerProps) {
  const { text, outcome, failure, model, engine } = answer;
  return (
    <div className="[&+&]:mt-2.5">
      {text !== "" && <AnswerText text={text} />}
      {outcome === "failed" && (
        <div className="mt-1.5 rounded-2 bg-danger-bg px-2.75 py-2.25 text-small first:mt-0">
          <p className="flex items-center gap-2 font-strong text-danger">
            <Icon name="warning" size={14} />
            {model} did not {text === "" ? "answer" : "finish"}
            {failure?.status !== undefined && <span className="font-regular">HTTP {failure.status}</span>}
          </p>
          {failure && <p className="mt-1 break-words">{failure.message}</p>}
        </div>
      )}
      {outcome === "finished" && text === "" && (
        <p className="text-small text-fg-subtle">The model ended its answer without a word.</p>
      )}
      <p className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-micro text-fg-subtle">
        <OutcomeBadge answer={answer} />
        {place && <span>answer {place}</span>}
        {model !== column && <span>by {model}</span>}
        {answer.prompt && (
          <span className="min-w-0 break-words">
            asked by {sourceName(answer.prompt)}
            {answer.prompt.edited && ", edited"}
          </span>
        )}
        {engine.device !== "" && <span>{engine.device}</span>}
        {figuresOf(answer).map((words) => (
          <span key={words} className="whitespace-nowrap">
            {words}
          </span>
        ))}
      </p>
    </div>
  );
}

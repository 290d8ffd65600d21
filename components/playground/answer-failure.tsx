"use client";
import { requestModelPath } from "@/components/access/paths";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { CodeBlock } from "@/components/ui/code-block";
import { Icon } from "@/components/ui/icon";
import { toast } from "@/components/ui/toaster";
import type { Answer } from "@/lib/playground";

interface AnswerFailureProps {
  answer: Answer;
  onRetry: () => void;
  busy: boolean;
}

/** What failed, why, and what to do; the other columns are not touched by it. */
export function AnswerFailure({ answer, onRetry, busy }: AnswerFailureProps) {
  const { failure } = answer;
  if (!failure) return null;
  const { requestId, body } = failure;
  return (
    <div className="mt-2.5 rounded-2 bg-danger-bg px-2.75 py-2.25 text-small first:mt-0">
      <p className="flex items-center gap-2 font-strong text-danger">
        <Icon name="warning" size={14} />
        {answer.model} did not {answer.text === "" ? "answer" : "finish"}
        {failure.status !== undefined && <span className="font-regular">HTTP {failure.status}</span>}
      </p>
      <p className="mt-1 break-words">{failure.message}</p>
      {answer.text !== "" && <p className="mt-1 text-fg-muted">What had arrived is kept above.</p>}
      {body !== undefined && (
        <details className="mt-1.5">
          <summary className="w-fit cursor-pointer rounded-1 text-fg-muted hover:text-fg">
            What the upstream answered
          </summary>
          <CodeBlock code={body} label="the answer" wrap className="mt-1 max-h-48 overflow-y-auto" />
        </details>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button size="sm" icon="again" onClick={onRetry} disabled={busy}>
          Try again
        </Button>
        {isRefusal(failure) && (
          <ButtonLink size="sm" href={requestModelPath(answer.model)}>
            Request access
          </ButtonLink>
        )}
        {requestId && (
          <Button
            size="sm"
            variant="ghost"
            onClick={() =>
              void navigator.clipboard.writeText(requestId).then(() => toast("Request id copied."))
            }
          >
            Copy request {requestId.slice(-6)}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The gateway refused the model itself; an upstream's own 403 or 404 brings its answer along. */
function isRefusal({ status, body }: NonNullable<Answer["failure"]>): boolean {
  return (status === 403 || status === 404) && body === undefined;
}

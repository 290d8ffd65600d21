"use client";
import { RequestError } from "@/lib/core/client";
import { Button } from "./button";
import { Icon } from "./icon";
import { toast } from "./toaster";

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** What failed; by default that it could not be read. */
  title?: string;
}

/** What failed, what can be done, and the request to quote. */
export function ErrorState({ error, onRetry, title = "This could not be read" }: ErrorStateProps) {
  const message = error instanceof Error && error.message ? error.message : "The reason is unknown.";
  const requestId = requestIdOf(error);
  return (
    <div role="alert" className="grid justify-items-center gap-1.25 px-4 py-12 text-center">
      <Icon name="warning" className="text-danger" />
      <h2>{title}</h2>
      <p className="max-w-90 text-small text-fg-muted">{message}</p>
      <div className="mt-1.5 flex flex-wrap justify-center gap-2">
        {onRetry && (
          <Button icon="again" onClick={() => onRetry()}>
            Try again
          </Button>
        )}
        {requestId && (
          <Button
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

function requestIdOf(error: unknown): string | undefined {
  return error instanceof RequestError ? error.requestId : undefined;
}

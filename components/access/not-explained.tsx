"use client";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import type { StoredKind } from "@/lib/access";
import { isAppError } from "@/lib/core";
import { requestPath } from "./paths";

interface NotExplainedProps {
  error: Error;
  object: string;
  kind: StoredKind;
  onRetry: () => void;
}

/** Why there is no answer: what one may not see cannot be told from what is not there. */
export function NotExplained({ error, object, kind, onRetry }: NotExplainedProps) {
  const code = isAppError(error) ? error.code : undefined;
  if (code === "not_found") {
    return (
      <EmptyState
        kind="catalog"
        title={error.message}
        action={<ButtonLink href={requestPath(object, kind)}>Request access</ButtonLink>}
      >
        A request for {object} reaches whoever may grant it, if it exists.
      </EmptyState>
    );
  }
  return (
    <ErrorState
      title={code === "forbidden" ? "You may not see this answer" : "This could not be explained"}
      error={error}
      onRetry={onRetry}
    />
  );
}

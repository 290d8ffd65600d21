import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { isAppError } from "@/lib/core";

interface LinkProblemProps {
  error: Error;
  onRetry: () => void;
}

const titles: Record<string, string> = {
  not_found: "There is no such prompt, version or call",
  forbidden: "You may not run this prompt",
  invalid: "This link names no prompt",
  unprocessable: "This prompt cannot be put together",
};

/** A link to a prompt that cannot be followed: why, and what else there is. */
export function LinkProblem({ error, onRetry }: LinkProblemProps) {
  const title = isAppError(error) ? titles[error.code] : undefined;
  if (!title) return <ErrorState title="The prompt could not be opened" error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      kind="prompt"
      title={title}
      action={
        <span className="flex flex-wrap justify-center gap-2">
          <ButtonLink href="/playground" variant="primary">
            Open the playground without it
          </ButtonLink>
          <ButtonLink href="/prompts">Open the library</ButtonLink>
        </span>
      }
    >
      {error.message}
    </EmptyState>
  );
}

"use client";
import { ErrorState } from "@/components/ui/error-state";

export default function PlaygroundError({ error, reset }: { error: Error; reset: () => void }) {
  return <ErrorState title="The playground could not be shown" error={error} onRetry={reset} />;
}

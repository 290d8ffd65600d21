"use client";
import { Tile } from "@/components/ui/tile";
import type { ConnectionTestResult } from "@/lib/gateway";

interface TestResultProps {
  result: ConnectionTestResult | undefined;
  error: Error | null;
}

/** What the upstream said, in one line. */
export function TestResult({ result, error }: TestResultProps) {
  const failure = error?.message ?? (result && !result.ok ? result.message : undefined);
  if (failure) {
    return (
      <p role="alert" className="flex min-w-0 flex-1 items-baseline gap-2 pt-1.5 text-small text-danger">
        <Tile status="failed" />
        {failure}
      </p>
    );
  }
  if (!result?.ok) return null;
  const count = result.models.length;
  return (
    <p role="status" className="flex min-w-0 flex-1 items-baseline gap-2 pt-1.5 text-small">
      <Tile status="ready" />
      {count === 0
        ? "It answers, but lists no models. Enter their ids below."
        : `It answers and lists ${count} ${count === 1 ? "model" : "models"}.`}
    </p>
  );
}

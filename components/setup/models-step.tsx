"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { modelsQuery } from "@/lib/gateway/client";
import { ModelLine } from "./model-line";
import { StepFrame } from "./step-frame";
import { useConfirmKey } from "./use-confirm-key";

/** The models that are here already, each run for a moment to see what this machine makes of it. */
export function ModelsStep({ onContinue }: { onContinue: () => void }) {
  useConfirmKey(onContinue);
  return (
    <StepFrame
      title="Choose models"
      lead="Two small ones are built in, so everything works offline. They run for a moment now, to see how fast they are here."
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            Larger ones answer better: fetch them later under Models, or reach them over a connection.
          </span>
          <ButtonLink variant="ghost" href="/playground">
            Skip
          </ButtonLink>
          <Button variant="primary" kbd="⌘↵" onClick={onContinue}>
            Continue
          </Button>
        </>
      }
    >
      <div className="rounded-3 border bg-surface">
        <List />
      </div>
    </StepFrame>
  );
}

function List() {
  const models = useQuery(modelsQuery());
  const [measured, setMeasured] = useState<readonly string[]>([]);
  if (models.isPending) return <RowsSkeleton rows={2} height="h-21" />;
  if (models.isError)
    return <ErrorState title="Models could not be read" error={models.error} onRetry={models.refetch} />;
  const builtIn = models.data.filter((model) => model.engine === "server");
  const turn = builtIn.findIndex((model) => !measured.includes(model.id));
  return (
    <ul>
      {builtIn.map((model, index) => (
        <ModelLine
          key={model.id}
          model={model}
          turn={turn === -1 || index <= turn}
          onMeasured={() =>
            setMeasured((before) => (before.includes(model.id) ? before : [...before, model.id]))
          }
        />
      ))}
    </ul>
  );
}

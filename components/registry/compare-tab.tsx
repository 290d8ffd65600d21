"use client";
import { SectionHead } from "@/components/models/section-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import type { ModelVersion } from "@/lib/registry";
import { CompareFacts } from "./compare-facts";
import { CompareFiles } from "./compare-files";
import { CompareMetrics } from "./compare-metrics";
import { VersionPicker } from "./version-picker";

interface CompareTabProps {
  versions: readonly ModelVersion[];
  a: ModelVersion | undefined;
  b: ModelVersion | undefined;
  onChange: (change: { a?: number; b?: number }) => void;
  /** Absent for those who may only look. */
  onAdd: (() => void) | undefined;
}

/** What is different from one version to another. */
export function CompareTab({ versions, a, b, onChange, onAdd }: CompareTabProps) {
  if (!a || !b) {
    return (
      <EmptyState
        kind="model"
        title="Nothing to compare yet"
        action={onAdd && <Button onClick={onAdd}>Add a version</Button>}
      >
        There is one version. With the second one, files, figures and licence stand here side by side.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="flex min-h-12 items-center max-sm:*:min-w-0 gap-2.5 border-b px-4 py-2">
        <VersionPicker
          label="From"
          versions={versions}
          value={a.number}
          onChange={(n) => onChange({ a: n })}
        />
        <Icon name="arrow-right" className="text-fg-subtle" />
        <VersionPicker label="To" versions={versions} value={b.number} onChange={(n) => onChange({ b: n })} />
      </div>
      {a.number === b.number ? (
        <EmptyState kind="model" title={`v${a.number} is the same as itself`}>
          Choose another version on one side.
        </EmptyState>
      ) : (
        <>
          <CompareFacts a={a} b={b} />
          <section aria-labelledby="compared-metrics">
            <SectionHead id="compared-metrics" title="Metrics" />
            <CompareMetrics a={a} b={b} />
          </section>
          <section aria-labelledby="compared-files">
            <SectionHead id="compared-files" title="Files" />
            <CompareFiles a={a} b={b} />
          </section>
        </>
      )}
    </>
  );
}

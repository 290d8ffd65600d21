"use client";
import { DeprecationLine } from "@/components/models/deprecation-line";
import { Note } from "@/components/ui/note";
import { ModelCard } from "./model-card";
import type { TabProps } from "./tab-props";
import { VersionBar } from "./version-bar";
import { VersionFacts } from "./version-facts";

/** What a version is and what its author says of it. */
export function OverviewTab(props: TabProps) {
  const { model, version } = props;
  const deprecation = model.deprecation
    ? { from: model.deprecation.at, why: model.deprecation.why, isInForce: true }
    : version.deprecation;
  return (
    <>
      <VersionBar {...props} />
      {deprecation && (
        <div className="px-4 pt-3.5">
          <Note tone="warn">
            <DeprecationLine deprecation={deprecation} />
          </Note>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <section aria-labelledby="version-facts" className="border-b px-4 py-3.5 lg:border-r lg:border-b-0">
          <h2 id="version-facts" className="mb-2">
            Version {version.number}
          </h2>
          <VersionFacts {...props} />
        </section>
        <section aria-labelledby="model-card" className="min-w-0 px-4 py-3.5">
          <h2 id="model-card" className="mb-2">
            Model card
          </h2>
          <ModelCard id={model.id} version={version} />
        </section>
      </div>
    </>
  );
}

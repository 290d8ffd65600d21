"use client";
import { useRouter } from "next/navigation";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { RegisteredModel } from "@/lib/registry";
import { AliasesTab } from "./aliases-tab";
import { ApprovalTab } from "./approval-tab";
import { CompareTab } from "./compare-tab";
import { FilesTab } from "./files-tab";
import { MetricsTab } from "./metrics-tab";
import { ModelDialogs } from "./model-dialogs";
import { ModelHead } from "./model-head";
import { OverviewTab } from "./overview-tab";
import { UsageTab } from "./usage-tab";
import { useModelDialog } from "./use-model-dialog";
import { type ModelTab, useModelView } from "./use-model-view";
import { VersionlessModel } from "./versionless-model";
import { VersionsTab } from "./versions-tab";
import type { Viewer } from "./viewer";

/** A model in its tabs. */
export function ModelView({ model, me }: { model: RegisteredModel; me: Viewer }) {
  const view = useModelView(model);
  const { version, tab, change } = view;
  const dialogs = useModelDialog();
  const router = useRouter();
  const open = (
    <ModelDialogs model={model} me={me} dialogs={dialogs} onDeleted={() => router.push("/registry")} />
  );
  if (!version) {
    return (
      <>
        <VersionlessModel model={model} open={dialogs.open} />
        {open}
      </>
    );
  }
  const shared = { model, version, me, open: dialogs.open, onVersion: (v: number) => change({ v }) };
  const pending = model.versions.filter(({ approvals }) =>
    approvals.some(({ state }) => state === "pending"),
  );
  return (
    <>
      <ModelHead {...shared} />
      <Tabs
        label={`Views of ${model.name}`}
        value={tab}
        onChange={(next) => change({ tab: next as ModelTab })}
        tabs={[
          { value: "overview", label: "Overview" },
          { value: "versions", label: "Versions", count: model.versions.length },
          { value: "compare", label: "Compare" },
          { value: "files", label: "Files", count: version.files.length },
          { value: "metrics", label: "Metrics", count: version.metrics.length },
          { value: "usage", label: "Usage" },
          { value: "aliases", label: "Aliases", count: model.aliases.length },
          { value: "approval", label: "Approval", ...(pending.length > 0 ? { count: pending.length } : {}) },
        ]}
      >
        <Panel value="overview">
          <OverviewTab {...shared} />
        </Panel>
        <Panel value="versions">
          <VersionsTab {...shared} onCompare={(a, b) => change({ tab: "compare", a, b })} />
        </Panel>
        <Panel value="compare">
          <CompareTab
            versions={model.versions}
            a={view.a}
            b={view.b}
            onChange={change}
            onAdd={model.may.manage ? () => dialogs.open({ kind: "add-version" }) : undefined}
          />
        </Panel>
        <Panel value="files">
          <FilesTab {...shared} />
        </Panel>
        <Panel value="metrics">
          <MetricsTab {...shared} />
        </Panel>
        <Panel value="usage">
          <UsageTab model={model} />
        </Panel>
        <Panel value="aliases">
          <AliasesTab {...shared} />
        </Panel>
        <Panel value="approval">
          <ApprovalTab {...shared} />
        </Panel>
      </Tabs>
      {open}
    </>
  );
}

function Panel({ value, children }: { value: ModelTab; children: React.ReactNode }) {
  return (
    // Relative, or what is hidden for the eye inside would lengthen the whole page.
    <TabPanel value={value} className="relative overflow-y-auto">
      {children}
    </TabPanel>
  );
}

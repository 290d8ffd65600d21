"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { grantRows } from "@/components/catalog/grant-rows";
import { ObjectDialogs } from "@/components/catalog/object-dialogs";
import { PermissionsTab } from "@/components/catalog/permissions-tab";
import { useObjectDialog } from "@/components/catalog/use-object-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { grantsQuery, objectByIdQuery } from "@/lib/catalog/client";
import type { PromptDetail } from "@/lib/prompts";
import { refreshPrompts } from "@/lib/prompts/client";
import { promptPath } from "../paths";
import { EditTab } from "./edit/edit-tab";
import { FactsOnly } from "./facts-only";
import { PromptDialogs } from "./prompt-dialogs";
import { PromptHead } from "./prompt-head";
import { UsageTab } from "./usage/usage-tab";
import { usePromptDialog } from "./use-prompt-dialog";
import { type PromptTab, usePromptView } from "./use-prompt-view";
import { VersionsTab } from "./versions/versions-tab";

/** A prompt in its tabs. */
export function PromptView({ prompt, admin }: { prompt: PromptDetail; admin: boolean }) {
  const cache = useQueryClient();
  const router = useRouter();
  const view = usePromptView(prompt);
  const dialogs = usePromptDialog();
  const objectDialogs = useObjectDialog();
  const object = useQuery(objectByIdQuery(prompt.id));
  const grants = useQuery(grantsQuery(prompt.id));
  const { may } = prompt;
  const closeObject = () => {
    objectDialogs.close();
    void refreshPrompts(cache);
  };
  return (
    <>
      <PromptHead
        prompt={prompt}
        object={object.data}
        view={view}
        open={dialogs.open}
        openObject={objectDialogs.open}
      />
      <Tabs
        label={`Views of ${prompt.name}`}
        value={view.tab === "edit" && !may.modify ? "versions" : view.tab}
        onChange={(tab) => view.change({ tab: tab as PromptTab })}
        tabs={[
          { value: "versions", label: "Versions", count: prompt.lastNumber },
          ...(may.modify ? [{ value: "edit", label: "Edit" }] : []),
          { value: "usage", label: "Usage" },
          {
            value: "permissions",
            label: "Permissions",
            ...(grants.data ? { count: grantRows(grants.data.entries).length } : {}),
          },
        ]}
      >
        <Panel value="versions" split>
          {may.execute ? <VersionsTab prompt={prompt} view={view} /> : <FactsOnly prompt={prompt} />}
        </Panel>
        {may.modify && (
          <Panel value="edit" split>
            <EditTab prompt={prompt} onSaved={(version) => view.change({ tab: "versions", version })} />
          </Panel>
        )}
        <Panel value="usage">
          {may.execute ? <UsageTab prompt={prompt} /> : <FactsOnly prompt={prompt} />}
        </Panel>
        <Panel value="permissions">
          {object.isPending ? (
            <RowsSkeleton rows={4} />
          ) : object.isError ? (
            <ErrorState
              title="Permissions could not be read"
              error={object.error}
              onRetry={() => void object.refetch()}
            />
          ) : (
            <PermissionsTab object={object.data} admin={admin} open={objectDialogs.open} />
          )}
        </Panel>
      </Tabs>
      <PromptDialogs prompt={prompt} version={view.version} dialogs={dialogs} />
      {object.data && (
        <ObjectDialogs
          object={object.data}
          dialogs={{ ...objectDialogs, close: closeObject }}
          onDropped={() => router.push("/prompts")}
          onNamed={({ fullName }) => router.replace(promptPath(fullName))}
        />
      )}
    </>
  );
}

interface PanelProps {
  value: PromptTab;
  /** Its parts scroll by themselves where there is room for two of them. */
  split?: boolean;
  children: React.ReactNode;
}

function Panel({ value, split, children }: PanelProps) {
  return (
    // Relative, or what is hidden for the eye inside would lengthen the whole page.
    <TabPanel
      value={value}
      className={split ? "relative overflow-y-auto md:overflow-hidden" : "relative overflow-y-auto"}
    >
      {children}
    </TabPanel>
  );
}

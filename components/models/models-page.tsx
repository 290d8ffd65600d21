"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { IconButton } from "@/components/ui/icon-button";
import { PageHead } from "@/components/ui/page-head";
import { SearchInput } from "@/components/ui/search-input";
import { Segment } from "@/components/ui/segment";
import { useFlag } from "@/components/ui/use-flag";
import { modelsQuery } from "@/lib/gateway/client";
import type { Download, LocalModel } from "@/lib/models";
import { localModelsQuery } from "@/lib/models/client";
import { CatalogueList } from "./catalogue-list";
import { type ModelFilter, matches, tasks } from "./model-filter";
import { ModelTable } from "./model-table";
import { SectionHead } from "./section-head";
import { ServerModels } from "./server-models";
import { useDownloads } from "./use-downloads";

const BrowserModels = dynamic(() => import("./browser-models").then((module) => module.BrowserModels), {
  ssr: false,
});
const HubForm = dynamic(() => import("./hub-form").then((module) => module.HubForm), { ssr: false });
const PullDialog = dynamic(() => import("./pull-dialog").then((module) => module.PullDialog), { ssr: false });
const ImportDialog = dynamic(() => import("./import-dialog").then((module) => module.ImportDialog), {
  ssr: false,
});
const DeleteModelDialog = dynamic(
  () => import("./delete-model-dialog").then((module) => module.DeleteModelDialog),
  { ssr: false },
);
const DiscardDialog = dynamic(() => import("./discard-dialog").then((module) => module.DiscardDialog), {
  ssr: false,
});

/** Every model that can be called, where it came from, and those that can be had. */
export function ModelsPage({ admin }: { admin: boolean }) {
  const [task, setTask] = useState<ModelFilter["task"]>("all");
  const [typed, setTyped] = useState("");
  const [pulling, setPulling] = useFlag("pull");
  const [importing, setImporting] = useFlag("import");
  const [atHub, setAtHub] = useFlag("hub");
  const [deleting, setDeleting] = useState<LocalModel>();
  const [discarding, setDiscarding] = useState<Download>();
  const downloads = useDownloads();
  const local = useQuery(localModelsQuery());
  const filter = { task, typed: typed.trim().toLowerCase() };
  return (
    <div className="flex min-h-0 flex-1">
      {/* Relative, or what is hidden for the eye inside would lengthen the whole page. */}
      <div className="relative flex min-w-0 flex-1 flex-col overflow-y-auto">
        <PageHead
          kind="model"
          title="Models"
          actions={
            admin && (
              <>
                <IconButton icon="sliders" label="Hub settings" onClick={() => setAtHub(!atHub)} />
                <Button onClick={() => setImporting(true)}>Import a folder</Button>
                <Button variant="primary" icon="download" onClick={() => setPulling(true)}>
                  Pull a repository
                </Button>
              </>
            )
          }
        >
          Two small ones are built in, so everything works offline. Larger ones answer better: fetch them from
          a hub, import them from a folder, or reach them over a connection.
        </PageHead>
        <div className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-t px-4 py-2">
          <Segment label="Task" value={task} onChange={setTask} options={tasks} />
          <SearchInput className="max-sm:w-full!" label="Filter by name" value={typed} onChange={setTyped} />
        </div>
        <ServerModels filter={filter} onDelete={admin ? setDeleting : undefined} />
        <BrowserModels filter={filter} />
        <ConnectedModels filter={filter} />
        <CatalogueList
          filter={filter}
          downloads={downloads.unfinished}
          failure={downloads.error}
          local={local.data?.models ?? []}
          actions={admin ? { onDiscard: setDiscarding, onHub: () => setAtHub(true) } : undefined}
        />
      </div>
      {admin && (
        <Drawer open={atHub} onClose={() => setAtHub(false)} title="Model hub" className="w-72!">
          <HubForm onDone={() => setAtHub(false)} />
        </Drawer>
      )}
      {admin && pulling && <PullDialog onClose={() => setPulling(false)} onHub={() => setAtHub(true)} />}
      {admin && importing && <ImportDialog onClose={() => setImporting(false)} />}
      {deleting && <DeleteModelDialog model={deleting} onClose={() => setDeleting(undefined)} />}
      {discarding && <DiscardDialog download={discarding} onClose={() => setDiscarding(undefined)} />}
    </div>
  );
}

/** Models of other machines, as their connections list them. */
function ConnectedModels({ filter }: { filter: ModelFilter }) {
  const models = useQuery(modelsQuery());
  const remote = models.data?.filter(
    ({ id, task, engine }) => engine === "remote" && matches({ name: id, task }, filter),
  );
  if (!remote || remote.length === 0) return null;
  return (
    <section aria-labelledby="over-connections">
      <SectionHead id="over-connections" title="Over connections" />
      <ModelTable models={remote} />
    </section>
  );
}

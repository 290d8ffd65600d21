"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { useFlag } from "@/components/ui/use-flag";
import { registryQuery } from "@/lib/registry/client";
import { RegistryList } from "./registry-list";
import { RegistryToolbar } from "./registry-toolbar";
import { useRegistryFilter } from "./use-registry-filter";

const RegisterDialog = dynamic(() => import("./register-dialog").then((module) => module.RegisterDialog), {
  ssr: false,
});
const ArchiveDialog = dynamic(() => import("./archive-dialog").then((module) => module.ArchiveDialog), {
  ssr: false,
});

/** Every model as a governed object: found by name, narrowed by what it is. */
export function RegistryPage({ admin }: { admin: boolean }) {
  const [filter, change] = useRegistryFilter();
  const [registering, setRegistering] = useFlag("new");
  const [importing, setImporting] = useFlag("import");
  const list = useQuery(registryQuery(filter));
  return (
    <>
      <PageHead
        kind="model"
        title="Model registry"
        actions={
          admin && (
            <>
              <Button onClick={() => setImporting(true)}>Import an archive</Button>
              <Button variant="primary" icon="plus" onClick={() => setRegistering(true)}>
                Register a model
              </Button>
            </>
          )
        }
      >
        What can be called is registered by itself, with version 1. Give a model a name of your own to put
        versions behind it and move aliases between them.
      </PageHead>
      <RegistryToolbar filter={filter} onChange={change} list={list.data} />
      <RegistryList
        list={list}
        isNarrowed={Object.values(filter).some(Boolean)}
        onClear={() =>
          change({
            q: undefined,
            task: undefined,
            origin: undefined,
            state: undefined,
            runs: undefined,
            alias: undefined,
            tag: undefined,
          })
        }
      />
      {admin && registering && <RegisterDialog onClose={() => setRegistering(false)} />}
      {admin && importing && <ArchiveDialog onClose={() => setImporting(false)} />}
    </>
  );
}

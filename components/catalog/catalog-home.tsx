"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { ErrorState } from "@/components/ui/error-state";
import { PageHead } from "@/components/ui/page-head";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { metastoreId } from "@/lib/access";
import { objectByIdQuery } from "@/lib/catalog/client";
import { Contents } from "./contents";
import { DroppedList } from "./dropped-list";
import { ObjectDialogs } from "./object-dialogs";
import { catalogPath } from "./paths";
import { useObjectDialog } from "./use-object-dialog";

/** Every catalog and connection the reader may see, or what was dropped and can be brought back. */
export function CatalogHome() {
  const isDropped = useSearchParams().get("view") === "dropped";
  return isDropped ? <Dropped /> : <Catalogs />;
}

function Dropped() {
  return (
    <>
      <PageHead
        kind="catalog"
        title="Dropped"
        actions={<ButtonLink href="/catalog">Open the catalog</ButtonLink>}
      >
        What you dropped, or may manage the place of. It comes back with what was in it and with its grants.
      </PageHead>
      <DroppedList />
    </>
  );
}

function Catalogs() {
  const router = useRouter();
  const dialogs = useObjectDialog();
  const whole = useQuery(objectByIdQuery(metastoreId));
  const canMake = whole.data?.may.create.includes("catalog") ?? false;
  const canGrant = whole.data?.may.grant ?? false;
  return (
    <>
      <PageHead
        kind="catalog"
        title="Catalog"
        actions={
          <>
            <ButtonLink icon="history" href="/catalog?view=dropped">
              Dropped
            </ButtonLink>
            {whole.data && canGrant && (
              <Button icon="shield" onClick={() => dialogs.open({ kind: "grant", objects: [whole.data] })}>
                Grant on the workbench
              </Button>
            )}
            {canMake && (
              <Button
                variant="primary"
                icon="plus"
                onClick={() => dialogs.open({ kind: "create", what: "catalog" })}
              >
                New catalog
              </Button>
            )}
          </>
        }
      >
        Everything that rights are held on, as catalog, schema and object.
      </PageHead>
      {whole.isPending ? (
        <RowsSkeleton rows={6} />
      ) : whole.isError ? (
        <ErrorState
          title="The catalog could not be read"
          error={whole.error}
          onRetry={() => void whole.refetch()}
        />
      ) : (
        <>
          <Contents object={whole.data} open={dialogs.open} />
          <ObjectDialogs
            object={whole.data}
            dialogs={dialogs}
            onDropped={() => undefined}
            onNamed={(made) => router.push(catalogPath(made))}
          />
        </>
      )}
    </>
  );
}

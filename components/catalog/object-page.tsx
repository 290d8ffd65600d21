"use client";
import { useQuery } from "@tanstack/react-query";
import { Crumb } from "@/components/shell/crumb";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { objectQuery } from "@/lib/catalog/client";
import { isAppError } from "@/lib/core";
import { ObjectMissing } from "./object-missing";
import { ObjectView } from "./object-view";
import { catalogPath } from "./paths";
import { useObjectView } from "./use-object-view";

/** One object of the catalogue, by its full name. */
export function ObjectPage({ name, admin }: { name: string; admin: boolean }) {
  const { kind } = useObjectView();
  const object = useQuery(objectQuery(name, kind));
  const path = object.data?.path ?? [];
  const trail = path.slice(0, -1).map((ref) => ({ label: ref.name, href: catalogPath(ref) }));
  return (
    <>
      <Crumb label={path.at(-1)?.name ?? object.data?.name ?? name} trail={trail} />
      {object.isPending ? (
        <>
          <h1 className="sr-only">{name}</h1>
          <RowsSkeleton rows={8} />
        </>
      ) : object.isError ? (
        isAppError(object.error) && object.error.code === "not_found" ? (
          <ObjectMissing name={name} kind={kind} />
        ) : (
          <ErrorState
            title={`${name} could not be read`}
            error={object.error}
            onRetry={() => void object.refetch()}
          />
        )
      ) : (
        <ObjectView key={object.data.id} object={object.data} admin={admin} />
      )}
    </>
  );
}

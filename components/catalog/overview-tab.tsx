"use client";
import { metastoreId } from "@/lib/access";
import type { CatalogObject } from "@/lib/catalog";
import { ColumnsTable } from "./columns-table";
import { Contents } from "./contents";
import { ObjectFacts } from "./object-facts";
import type { ObjectDialog } from "./use-object-dialog";

interface OverviewTabProps {
  object: CatalogObject;
  admin: boolean;
  open: (dialog: ObjectDialog) => void;
}

/** What is known of an object and, for a container, what lies in it. */
export function OverviewTab({ object, admin, open }: OverviewTabProps) {
  const isContainer = object.id === metastoreId || object.kind === "catalog" || object.kind === "schema";
  return (
    <>
      <ObjectFacts object={object} admin={admin} open={open} />
      {object.kind === "table" && <ColumnsTable object={object} open={open} />}
      {isContainer && <Contents object={object} open={open} />}
    </>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { CatalogObject } from "@/lib/catalog";
import { grantsQuery } from "@/lib/catalog/client";
import { grantRows } from "./grant-rows";
import { HistoryTab } from "./history-tab";
import { ObjectDialogs } from "./object-dialogs";
import { ObjectHead } from "./object-head";
import { OverviewTab } from "./overview-tab";
import { catalogPath } from "./paths";
import { PermissionsTab } from "./permissions-tab";
import { PoliciesTab } from "./policies-tab";
import { hasPolicies } from "./policy-words";
import { useObjectDialog } from "./use-object-dialog";
import { type ObjectTab, useObjectView } from "./use-object-view";

/** An object in its tabs. */
export function ObjectView({ object, admin }: { object: CatalogObject; admin: boolean }) {
  const router = useRouter();
  const { tab, show } = useObjectView();
  const dialogs = useObjectDialog();
  const grants = useQuery(grantsQuery(object.id));
  const above = object.path.at(-1);
  return (
    <>
      <ObjectHead object={object} open={dialogs.open} />
      <Tabs
        label={`Views of ${object.name}`}
        value={tab === "policies" && !hasPolicies(object) ? "overview" : tab}
        onChange={(next) => show(next as ObjectTab)}
        tabs={[
          { value: "overview", label: "Overview" },
          {
            value: "permissions",
            label: "Permissions",
            ...(grants.data ? { count: grantRows(grants.data.entries).length } : {}),
          },
          ...(hasPolicies(object) ? [{ value: "policies", label: "Policies" }] : []),
          { value: "history", label: "History" },
        ]}
      >
        <TabPanel value="overview" className="relative">
          <OverviewTab object={object} admin={admin} open={dialogs.open} />
        </TabPanel>
        <TabPanel value="permissions" className="relative">
          <PermissionsTab object={object} admin={admin} open={dialogs.open} />
        </TabPanel>
        {hasPolicies(object) && (
          <TabPanel value="policies" className="relative">
            <PoliciesTab object={object} admin={admin} open={dialogs.open} />
          </TabPanel>
        )}
        <TabPanel value="history" className="relative">
          <HistoryTab object={object} admin={admin} />
        </TabPanel>
      </Tabs>
      <ObjectDialogs
        object={object}
        dialogs={dialogs}
        onDropped={() => router.push(above ? catalogPath(above) : "/catalog")}
        onNamed={(named) => router.replace(catalogPath(named))}
      />
    </>
  );
}

import type { Metadata } from "next";
import { GroupsPage } from "@/components/people/groups-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Groups" };

export default async function Page() {
  const actor = await currentActor();
  return actor?.role === "admin" ? <GroupsPage /> : <AdministratorsOnly what="keeping groups" />;
}

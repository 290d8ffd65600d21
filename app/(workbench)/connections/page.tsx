import type { Metadata } from "next";
import { ConnectionsPage } from "@/components/connections/connections-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Connections" };

export default async function Page() {
  const actor = await currentActor();
  return actor?.role === "admin" ? (
    <ConnectionsPage />
  ) : (
    <AdministratorsOnly what="adding and changing connections" />
  );
}

import type { Metadata } from "next";
import { GroupPage } from "@/components/people/group-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Group" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const actor = await currentActor();
  const { id } = await params;
  return actor?.role === "admin" ? <GroupPage id={id} /> : <AdministratorsOnly what="keeping groups" />;
}

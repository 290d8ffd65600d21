import type { Metadata } from "next";
import { PeoplePage } from "@/components/people/people-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "People" };

export default async function Page() {
  const actor = await currentActor();
  return actor?.role === "admin" ? (
    <PeoplePage />
  ) : (
    <AdministratorsOnly what="inviting and changing people" />
  );
}

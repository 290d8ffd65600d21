import type { Metadata } from "next";
import { AllSessionsPage } from "@/components/people/all-sessions-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Sessions" };

export default async function Page() {
  const actor = await currentActor();
  return actor?.role === "admin" ? (
    <AllSessionsPage ownId={actor.userId} />
  ) : (
    <AdministratorsOnly what="seeing everybody’s sessions" />
  );
}

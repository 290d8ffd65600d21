import type { Metadata } from "next";
import { ServicePrincipalsPage } from "@/components/people/service-principals-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Service principals" };

export default async function Page() {
  const actor = await currentActor();
  return actor?.role === "admin" ? (
    <ServicePrincipalsPage />
  ) : (
    <AdministratorsOnly what="keeping service principals" />
  );
}

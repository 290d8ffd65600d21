import type { Metadata } from "next";
import { ServicePrincipalPage } from "@/components/people/service-principal-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Service principal" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const actor = await currentActor();
  const { id } = await params;
  return actor?.role === "admin" ? (
    <ServicePrincipalPage id={id} />
  ) : (
    <AdministratorsOnly what="keeping service principals" />
  );
}

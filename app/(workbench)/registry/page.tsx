import type { Metadata } from "next";
import { RegistryPage } from "@/components/registry/registry-page";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Model registry" };

export default async function Page() {
  const actor = await currentActor();
  return <RegistryPage admin={actor?.role === "admin"} />;
}

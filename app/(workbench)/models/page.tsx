import type { Metadata } from "next";
import { ModelsPage } from "@/components/models/models-page";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Models" };

export default async function Page() {
  const actor = await currentActor();
  return <ModelsPage admin={actor?.role === "admin"} />;
}

import type { Metadata } from "next";
import { AllKeysPage } from "@/components/people/all-keys-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Keys" };

export default async function Page() {
  const actor = await currentActor();
  return actor?.role === "admin" ? <AllKeysPage /> : <AdministratorsOnly what="seeing everybody’s keys" />;
}

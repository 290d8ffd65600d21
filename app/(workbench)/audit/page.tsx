import type { Metadata } from "next";
import { AuditPage } from "@/components/audit/audit-page";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Audit" };

export default async function Page() {
  const actor = await currentActor();
  return <AuditPage admin={actor?.role === "admin"} />;
}

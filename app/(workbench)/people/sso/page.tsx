import type { Metadata } from "next";
import { SsoPage } from "@/components/people/sso-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Single sign-on" };

export default async function Page() {
  const actor = await currentActor();
  return actor?.role === "admin" ? <SsoPage /> : <AdministratorsOnly what="seeing how people sign in" />;
}

import type { Metadata } from "next";
import { PersonPage } from "@/components/people/person-page";
import { AdministratorsOnly } from "@/components/shell/administrators-only";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Person" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const actor = await currentActor();
  const { id } = await params;
  return actor?.role === "admin" ? (
    <PersonPage id={id} ownId={actor.userId} />
  ) : (
    <AdministratorsOnly what="looking at other people" />
  );
}

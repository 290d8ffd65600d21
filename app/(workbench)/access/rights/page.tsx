import type { Metadata } from "next";
import { readerOf } from "@/components/access/reader";
import { RightsPage } from "@/components/access/rights-page";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Rights" };

export default async function Page() {
  const actor = await currentActor();
  return actor && <RightsPage reader={readerOf(actor)} />;
}

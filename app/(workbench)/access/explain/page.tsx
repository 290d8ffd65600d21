import type { Metadata } from "next";
import { ExplainPage } from "@/components/access/explain-page";
import { readerOf } from "@/components/access/reader";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Explain access" };

export default async function Page() {
  const actor = await currentActor();
  return actor && <ExplainPage reader={readerOf(actor)} />;
}

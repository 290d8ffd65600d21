import type { Metadata } from "next";
import { SharedSnapshot } from "@/components/playground/shared-snapshot";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Shared comparison" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const actor = await currentActor();
  const { id } = await params;
  // Without an actor the layout shows the way in.
  return actor && <SharedSnapshot id={id} />;
}

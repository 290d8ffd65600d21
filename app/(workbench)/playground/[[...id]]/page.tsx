import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PlaygroundPage } from "@/components/playground/playground-page";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Playground" };

/** `/playground` and `/playground/<id>` are one page, so that saving moves the address and nothing else. */
export default async function Page({ params }: { params: Promise<{ id?: string[] }> }) {
  const actor = await currentActor();
  const { id = [] } = await params;
  if (id.length > 1) notFound();
  // Without an actor the layout shows the way in.
  return actor && <PlaygroundPage owner={actor.userId} fresh={id.length === 0} />;
}

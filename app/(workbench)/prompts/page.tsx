import type { Metadata } from "next";
import { LibraryPage } from "@/components/prompts/library/library-page";
import { currentActor } from "@/lib/auth/server";

export const metadata: Metadata = { title: "Prompts" };

export default async function Page() {
  const actor = await currentActor();
  // Without an actor the layout shows the way in.
  return actor && <LibraryPage me={{ id: actor.userId, name: actor.name || actor.email }} />;
}

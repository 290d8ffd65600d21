import type { Metadata } from "next";
import { PromptPage } from "@/components/prompts/one/prompt-page";
import { currentActor } from "@/lib/auth/server";

interface PageProps {
  params: Promise<{ name: string }>;
}

/** A segment of an address as it was before it became one; what no browser writes stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decoded((await params).name) };
}

export default async function Page({ params }: PageProps) {
  const actor = await currentActor();
  const { name } = await params;
  // Without an actor the layout shows the way in.
  return actor && <PromptPage name={decoded(name)} admin={actor.role === "admin"} />;
}

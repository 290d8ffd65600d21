import type { Metadata } from "next";
import { decodedSegment } from "@/components/catalog/name-in-path";
import { ObjectPage } from "@/components/catalog/object-page";
import { currentActor } from "@/lib/auth/server";

interface PageProps {
  params: Promise<{ name: string[] }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await params).name.map(decodedSegment).join(".") };
}

export default async function Page({ params }: PageProps) {
  const actor = await currentActor();
  const { name } = await params;
  // Without an actor the layout shows the way in.
  return actor && <ObjectPage name={name.map(decodedSegment).join(".")} admin={actor.role === "admin"} />;
}

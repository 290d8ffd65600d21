"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import type { ModelVersion } from "@/lib/registry";
import { cardQuery } from "@/lib/registry/client";

const Markdown = dynamic(() => import("@/components/playground/markdown").then((module) => module.Markdown));

/** A card begins with settings for the site that it was written for. */
const frontMatter = /^---\r?\n[\s\S]*?\r?\n---\r?\n/;

/** The README of a version: no raw HTML, nothing loaded from elsewhere. */
export function ModelCard({ id, version }: { id: string; version: ModelVersion }) {
  const card = useQuery(cardQuery(id, version.number));
  if (card.isPending) return <RowsSkeleton rows={4} />;
  if (card.isError) {
    return (
      <ErrorState title="The card could not be read" error={card.error} onRetry={() => void card.refetch()} />
    );
  }
  if (card.data.text === null) {
    return (
      <>
        <p className="max-w-180">{version.description}</p>
        <p className="mt-1 text-small text-fg-subtle">
          {version.state === "missing"
            ? "Its files are not here now, so its card cannot be read."
            : "It came without a card of its own."}
        </p>
      </>
    );
  }
  return (
    <article className="max-w-180 text-reading">
      <Markdown text={card.data.text.replace(frontMatter, "")} />
    </article>
  );
}

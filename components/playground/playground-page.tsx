"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { startTransition, useEffect, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { isAppError } from "@/lib/core";
import { OpenPlayground } from "./open-playground";
import { PlaygroundSkeleton } from "./playground-skeleton";
import { SamplesToBe } from "./samples-to-be";
import { useOpenSession } from "./use-open-session";

const LinkProblem = dynamic(() => import("./prompts/link-problem").then((module) => module.LinkProblem), {
  ssr: false,
});

interface PlaygroundPageProps {
  owner: string;
  /** The address names none that is saved. */
  fresh: boolean;
}

/** The playground of one person. What is open lives in this tab, so the server renders its frame alone. */
export function PlaygroundPage({ owner, fresh }: PlaygroundPageProps) {
  const [here, setHere] = useState(false);
  // In a transition: all of the page in one go would keep the browser from anything else.
  useEffect(() => startTransition(() => setHere(true)), []);
  return here ? (
    <Opened owner={owner} fresh={fresh} />
  ) : (
    <PlaygroundSkeleton samples={fresh && <SamplesToBe />} />
  );
}

function Opened({ owner, fresh }: PlaygroundPageProps) {
  const opened = useOpenSession(owner);
  if (opened.session) {
    return <OpenPlayground session={opened.session} onNew={opened.begin} onDeleted={opened.drop} />;
  }
  if (opened.isLink && opened.error) return <LinkProblem error={opened.error} onRetry={opened.retry} />;
  if (!opened.error) return <PlaygroundSkeleton samples={fresh && <SamplesToBe />} />;
  if (isAppError(opened.error) && opened.error.code === "not_found") {
    return (
      <EmptyState
        kind="prompt"
        title="No such comparison"
        action={
          <Link href="/playground" className={buttonClass("primary")}>
            Open the playground
          </Link>
        }
      >
        It was deleted, or it belongs to somebody else. Comparisons are seen by their owner alone.
      </EmptyState>
    );
  }
  return (
    <ErrorState title="The comparison could not be opened" error={opened.error} onRetry={opened.retry} />
  );
}

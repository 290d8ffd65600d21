"use client";
import { useQuery } from "@tanstack/react-query";
import { requestsQuery } from "@/lib/catalog/client";
import { moveRequestsQuery } from "@/lib/prompts/client";

/** How many requests wait for whoever is signed in, for access or to move aliases of prompts; nothing while there are none. */
export function NavCount({ of }: { of: "access" | "prompts" }) {
  return of === "access" ? <AccessCount /> : <PromptCount />;
}

function AccessCount() {
  return <Waiting count={useQuery(requestsQuery()).data?.waiting ?? 0} />;
}

function PromptCount() {
  const requests = useQuery({ ...moveRequestsQuery(), refetchInterval: 60_000 });
  return <Waiting count={requests.data?.waiting ?? 0} />;
}

function Waiting({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="ml-auto text-micro font-regular text-fg-subtle tabular-nums max-md:sr-only">
      {count}
      <span className="sr-only"> waiting</span>
    </span>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { requestsQuery } from "@/lib/catalog/client";

/** How many requests for access wait for whoever is signed in; nothing while there are none. */
export function NavCount() {
  const waiting = useQuery(requestsQuery()).data?.waiting ?? 0;
  if (waiting === 0) return null;
  return (
    <span className="ml-auto text-micro font-regular text-fg-subtle tabular-nums max-md:sr-only">
      {waiting}
      <span className="sr-only"> waiting</span>
    </span>
  );
}

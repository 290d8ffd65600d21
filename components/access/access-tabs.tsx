"use client";
import { useQuery } from "@tanstack/react-query";
import { PageTabs } from "@/components/ui/page-tabs";
import { useHere } from "@/components/ui/use-here";
import { requestsQuery } from "@/lib/catalog/client";

/** The views on who may do what. */
export function AccessTabs() {
  const here = useHere();
  const requests = useQuery(requestsQuery());
  // The sidebar counts them too and may know them before this is taken over from the server.
  const waiting = (here && requests.data?.waiting) || 0;
  return (
    <PageTabs
      label="Access"
      tabs={[
        { href: "/access/explain", label: "Explain" },
        { href: "/access/rights", label: "Rights" },
        { href: "/access/requests", label: "Requests", waiting },
      ]}
    />
  );
}

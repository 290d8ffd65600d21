"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { PageHead } from "@/components/ui/page-head";
import { PageTabs } from "@/components/ui/page-tabs";
import { useHere } from "@/components/ui/use-here";
import { moveRequestsQuery } from "@/lib/prompts/client";
import { requestsPath } from "../paths";

/** The head of the library with its two pages: what there is, and who asks to move an alias. */
export function LibraryArea({ actions, children }: { actions?: ReactNode; children?: ReactNode }) {
  const here = useHere();
  const requests = useQuery(moveRequestsQuery());
  // The sidebar counts them too and may know them before this is taken over from the server.
  const waiting = (here && requests.data?.waiting) || 0;
  return (
    <>
      <PageHead kind="prompt" title="Prompts" actions={actions}>
        {children}
      </PageHead>
      <PageTabs
        label="Prompts"
        tabs={[
          { href: "/prompts", label: "Library" },
          { href: requestsPath(), label: "Requests", waiting },
        ]}
      />
    </>
  );
}

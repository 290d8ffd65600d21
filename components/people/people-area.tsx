import type { ReactNode } from "react";
import type { Kind } from "@/components/ui/kind-icon";
import { PageHead } from "@/components/ui/page-head";
import { PeopleTabs } from "./people-tabs";

interface PeopleAreaProps {
  kind: Kind;
  title: string;
  actions?: ReactNode;
  /** One sentence on what this page holds. */
  children?: ReactNode;
}

/** The head of a page about principals, with the way to the others. */
export function PeopleArea({ kind, title, actions, children }: PeopleAreaProps) {
  return (
    <>
      <PageHead kind={kind} title={title} actions={actions}>
        {children}
      </PageHead>
      <PeopleTabs />
    </>
  );
}

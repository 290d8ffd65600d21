import type { ReactNode } from "react";
import { Crumb } from "@/components/shell/crumb";
import { PageHead } from "@/components/ui/page-head";
import { AccessTabs } from "./access-tabs";

interface AccessAreaProps {
  title: string;
  /** The place in the breadcrumb. */
  place: string;
  actions?: ReactNode;
  /** One sentence on what this page holds. */
  children?: ReactNode;
}

/** The head of a page about rights, with the way to the others. */
export function AccessArea({ title, place, actions, children }: AccessAreaProps) {
  return (
    <>
      <Crumb label={place} />
      <PageHead title={title} actions={actions}>
        {children}
      </PageHead>
      <AccessTabs />
    </>
  );
}

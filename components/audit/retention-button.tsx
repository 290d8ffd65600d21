"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { retentionQuery } from "@/lib/audit-log/client";

const RetentionDialog = dynamic(() => import("./retention-dialog").then((module) => module.RetentionDialog), {
  ssr: false,
});

/** How long rows are kept, and the way to change it. */
export function RetentionButton() {
  const retention = useQuery(retentionQuery());
  const [open, setOpen] = useState(false);
  const { data } = retention;
  if (retention.isError) {
    return <Button onClick={() => void retention.refetch()}>Retention unknown: try again</Button>;
  }
  return (
    <>
      <Button disabled={!data} onClick={() => setOpen(true)}>
        {!data ? "Kept" : data.days === null ? "Kept for ever" : `Kept for ${data.days} days`}
      </Button>
      {open && data && <RetentionDialog days={data.days} onClose={() => setOpen(false)} />}
    </>
  );
}

import { PageHead } from "@/components/ui/page-head";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";

export default function Loading() {
  return (
    <>
      <PageHead kind="audit" title="Audit" />
      <RowsSkeleton />
    </>
  );
}

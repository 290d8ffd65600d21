import { AccessArea } from "@/components/access/access-area";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";

export default function Loading() {
  return (
    <>
      <AccessArea place="Rights" title="Rights" />
      <RowsSkeleton />
    </>
  );
}

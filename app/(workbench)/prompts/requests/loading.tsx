import { LibraryArea } from "@/components/prompts/library/library-area";
import { Crumb } from "@/components/shell/crumb";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";

export default function Loading() {
  return (
    <>
      <Crumb label="Requests" />
      <LibraryArea />
      <RowsSkeleton />
    </>
  );
}

import { LibraryArea } from "@/components/prompts/library/library-area";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";

export default function Loading() {
  return (
    <>
      <LibraryArea />
      <RowsSkeleton rows={12} />
    </>
  );
}

import { RowsSkeleton } from "@/components/ui/rows-skeleton";

export default function Loading() {
  return <RowsSkeleton rows={8} />;
}

import { PeopleArea } from "@/components/people/people-area";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";

export default function Loading() {
  return (
    <>
      <PeopleArea kind="session" title="Sessions" />
      <RowsSkeleton />
    </>
  );
}

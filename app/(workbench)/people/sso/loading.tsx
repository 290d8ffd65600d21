import { PeopleArea } from "@/components/people/people-area";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";

export default function Loading() {
  return (
    <>
      <PeopleArea kind="connection" title="Single sign-on" />
      <RowsSkeleton />
    </>
  );
}

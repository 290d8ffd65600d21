"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { useFlag } from "@/components/ui/use-flag";
import { servicePrincipalsQuery } from "@/lib/auth/client";
import { PeopleArea } from "./people-area";
import { ServicePrincipalDialog } from "./service-principal-dialog";
import { ServicePrincipalsTable } from "./service-principals-table";

/** Accounts of programs. */
export function ServicePrincipalsPage() {
  const [making, setMaking] = useFlag("new");
  return (
    <>
      <PeopleArea
        kind="robot"
        title="Service principals"
        actions={
          <Button variant="primary" icon="plus" onClick={() => setMaking(true)}>
            <span className="sm:hidden">New</span>
            <span className="max-sm:hidden">New service principal</span>
          </Button>
        }
      >
        Accounts for programs: they have keys and groups of their own, and go on when the person who made them
        leaves.
      </PeopleArea>
      <List onMake={() => setMaking(true)} />
      {making && <ServicePrincipalDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function List({ onMake }: { onMake: () => void }) {
  const services = useQuery(servicePrincipalsQuery());
  if (services.isPending) return <RowsSkeleton />;
  if (services.isError) {
    return (
      <ErrorState
        title="Service principals could not be read"
        error={services.error}
        onRetry={services.refetch}
      />
    );
  }
  if (services.data.length === 0) {
    return (
      <EmptyState
        kind="robot"
        title="No service principals yet"
        action={<Button onClick={onMake}>Make a service principal</Button>}
      >
        Make one for each program that calls the workbench, with no more rights than it needs.
      </EmptyState>
    );
  }
  return <ServicePrincipalsTable services={services.data} />;
}

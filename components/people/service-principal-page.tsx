"use client";
import { useQuery } from "@tanstack/react-query";
import { Crumb } from "@/components/shell/crumb";
import { servicePrincipalQuery } from "@/lib/auth/client";
import { OneState } from "./one-state";
import { ServicePrincipalView } from "./service-principal-view";

/** One service principal, by its id. */
export function ServicePrincipalPage({ id }: { id: string }) {
  const service = useQuery(servicePrincipalQuery(id));
  return (
    <>
      <Crumb label={service.data?.name ?? "Service principal"} />
      <OneState
        query={service}
        noun="service principal"
        back="/people/service-principals"
        backLabel="All service principals"
      >
        {(data) => <ServicePrincipalView service={data} />}
      </OneState>
    </>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { ssoQuery } from "@/lib/auth/client";
import { PeopleArea } from "./people-area";
import { SsoView } from "./sso-view";

/** How people come in through an identity provider. */
export function SsoPage() {
  const sso = useQuery(ssoQuery());
  return (
    <>
      <PeopleArea
        kind="connection"
        title="Single sign-on"
        actions={
          <Button icon="again" busy={sso.isFetching && !sso.isPending} onClick={() => void sso.refetch()}>
            Ask again
          </Button>
        }
      >
        People sign in at your OpenID Connect issuer; its groups claim puts them into groups here.
      </PeopleArea>
      {sso.isPending ? (
        <RowsSkeleton />
      ) : sso.isError ? (
        <ErrorState title="The settings could not be read" error={sso.error} onRetry={sso.refetch} />
      ) : sso.data.configured ? (
        <SsoView sso={sso.data} />
      ) : (
        <EmptyState kind="connection" title="Single sign-on is not set up">
          Set OIDC_ISSUER and OIDC_CLIENT_ID in the environment, register {sso.data.redirectUri} at the
          issuer, and start the workbench again.
        </EmptyState>
      )}
    </>
  );
}

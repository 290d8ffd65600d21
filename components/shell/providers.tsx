"use client";
import { QueryCache, type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Toaster } from "@/components/ui/toaster";
import { isAppError } from "@/lib/core";
import { FreshQueryClient } from "./fresh-query-client";
import { leaveToSignIn } from "./leave-to-sign-in";

function makeClient(): QueryClient {
  return new FreshQueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isAppError(error) && error.code === "unauthenticated") leaveToSignIn();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal stays a refusal; only what may pass by itself is asked again.
        retry: (count, error) => count < 2 && isAppError(error) && error.code === "unavailable",
      },
      mutations: { retry: false },
    },
  });
}

/** What every page shares in the browser: one cache of server state, one place for toasts. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      {children}
      <Toaster />
    </QueryClientProvider>
  );
}

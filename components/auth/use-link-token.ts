"use client";
import { useEffect, useState } from "react";

/**
 * The token of a one-time link. It stands behind "#", which no server and no log sees, and leaves the
 * address at once, so that neither history nor a shared screen keeps it. Undefined until it is looked for.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const found = new URLSearchParams(window.location.hash.slice(1)).get("token");
    // React runs effects twice in development: the second run finds the address already clean.
    setToken((before) => found ?? before ?? null);
    if (found !== null)
      window.history.replaceState(null, "", window.location.pathname + window.location.search);
  }, []);
  return token;
}

"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type RegistryFilter, registryFilter } from "@/lib/registry";

/** What the catalogue is narrowed to, as it stands in the address, so that a view is a link. */
export function useRegistryFilter(): [RegistryFilter, (change: RegistryFilter) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const known = Object.keys(registryFilter.shape);
  const entries = [...params].filter(([name, value]) => known.includes(name) && value !== "");
  const filter = registryFilter.safeParse(Object.fromEntries(entries)).data ?? {};
  const change = (changed: RegistryFilter) => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filter, ...changed })) if (value) next.set(name, value);
    window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
  };
  return [filter, change];
}

"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { calledVersion, type RegisteredModel } from "@/lib/registry";
import { modelPath, registeredModelQuery } from "@/lib/registry/client";

/** Replaces an address with a name that calls use by the model's own, at the version it means; whether that is under way. */
export function useOwnAddress(name: string, model: RegisteredModel | undefined): boolean {
  const cache = useQueryClient();
  const router = useRouter();
  const isOther = model !== undefined && model.name !== name;
  useEffect(() => {
    if (!model || model.name === name) return;
    cache.setQueryData(registeredModelQuery(model.name).queryKey, model);
    const version = calledVersion(model, name);
    router.replace(modelPath(model.name, version === undefined ? "" : `v=${version}`));
  }, [cache, router, name, model]);
  return isOther;
}

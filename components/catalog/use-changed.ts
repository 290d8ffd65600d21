"use client";
import { useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import { refreshCatalog } from "@/lib/catalog/client";
import { refreshPrompts } from "@/lib/prompts/client";
import { refreshRegistry } from "@/lib/registry/client";

/** Says what was done, reads it again and closes what it was done in. */
export function useChanged(onClose: () => void): (message: string) => void {
  const cache = useQueryClient();
  return (message) => {
    toast(message);
    void refreshCatalog(cache);
    // What may be called and fetched hangs on it.
    void refreshRegistry(cache);
    void refreshPrompts(cache);
    onClose();
  };
}

"use client";
import { useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import { refreshRegistry } from "@/lib/registry/client";

/** Says what was done, reads it again and closes what it was done in. */
export function useChanged(onClose: () => void): (message: string) => void {
  const cache = useQueryClient();
  return (message) => {
    toast(message);
    void refreshRegistry(cache);
    onClose();
  };
}

"use client";
import { useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import { refreshPrompts } from "@/lib/prompts/client";

/** Says what was done, reads the library again and closes what it was done in. */
export function useChanged(onClose: () => void): (message: string) => void {
  const cache = useQueryClient();
  return (message) => {
    toast(message);
    void refreshPrompts(cache);
    onClose();
  };
}

"use client";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

interface Send<V> {
  send: (value: V) => void;
  busy: boolean;
  error: Error | null;
  forget: () => void;
}

/** One send at a time: a second press before the screen has followed the first is not a second order. */
export function useSend<V, R>(act: (value: V) => Promise<R>, onDone: (result: R) => void): Send<V> {
  const under = useRef(false);
  const mutation = useMutation({
    mutationFn: act,
    onSuccess: onDone,
    onSettled: () => {
      under.current = false;
    },
  });
  return {
    send: (value) => {
      if (under.current) return;
      under.current = true;
      mutation.mutate(value);
    },
    busy: mutation.isPending,
    error: mutation.error,
    forget: () => {
      if (!mutation.isPending) mutation.reset();
    },
  };
}

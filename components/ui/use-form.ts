"use client";
import { useState } from "react";
import type { z } from "zod";
import { isAppError } from "@/lib/core";
import { useSend } from "./use-send";

interface FormOptions<S extends z.ZodType<object, object>, R> {
  schema: S;
  initial: z.input<S>;
  send: (values: z.output<S>) => Promise<R>;
  onDone: (result: R) => void;
}

export interface Form<V> {
  values: V;
  set: <K extends keyof V>(field: K, value: V[K]) => void;
  /** What is wrong with a field or a part of it: after the first try, or as the server said. */
  errorOf: (field: keyof V & string) => string | undefined;
  /** What went wrong with the whole. */
  failure: string | undefined;
  busy: boolean;
  submit: () => void;
}

/** Values, their faults in words, and one send at a time. */
export function useForm<S extends z.ZodType<object, object>, R>({
  schema,
  initial,
  send,
  onDone,
}: FormOptions<S, R>): Form<z.input<S>> {
  type Values = z.input<S>;
  const [values, setValues] = useState<Values>(initial);
  const [tried, setTried] = useState(false);
  const sending = useSend(send, onDone);
  const parsed = schema.safeParse(values);
  const refused = isAppError(sending.error) ? (sending.error.details ?? []) : [];
  const faults =
    tried && !parsed.success
      ? parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }))
      : refused;
  const fields = Object.keys(values);
  const isAt = (path: string, field: string) => path === field || path.startsWith(`${field}.`);
  const placed = refused.some(({ path }) => fields.some((field) => isAt(path, field)));
  return {
    values,
    set: (field, value) => {
      setValues((before) => ({ ...before, [field]: value }));
      sending.forget();
    },
    errorOf: (field) => faults.find(({ path }) => isAt(path, field))?.message,
    failure: sending.error && !placed ? sending.error.message : undefined,
    busy: sending.busy,
    submit: () => {
      setTried(true);
      if (parsed.success) sending.send(parsed.data);
    },
  };
}

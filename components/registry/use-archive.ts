"use client";
import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import { useForm } from "@/components/ui/use-form";
import { type ArchiveImport, archiveQuery } from "@/lib/registry";
import { sendArchive } from "@/lib/registry/client";

/** A select has no empty values. */
export const only = "only";

const { name } = archiveQuery.shape;
const schema = z.object({
  file: z.string().min(1, "Choose an archive."),
  name: z.union([z.literal(""), name.unwrap()]),
  dtype: z.string(),
  license: z.string().max(100, "100 characters at most."),
});

/** An archive being chosen, described and sent; stopped when nobody waits for it any more. */
export function useArchive(model: string | undefined, onDone: (made: ArchiveImport) => void) {
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState(0);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const form = useForm({
    schema,
    initial: { file: "", name: "", dtype: only, license: "" },
    send: async (values) => {
      if (!file) throw new Error("No archive was chosen.");
      stop.current = new AbortController();
      setSent(0);
      const given = {
        file: values.file,
        ...(values.name ? { name: values.name } : {}),
        ...(values.dtype === only ? {} : { dtype: values.dtype }),
        ...(values.license.trim() ? { license: values.license } : {}),
        ...(model ? { model } : {}),
      };
      const query = archiveQuery.parse(given);
      return sendArchive({ archive: file, query, onSent: setSent, signal: stop.current.signal });
    },
    onDone,
  });
  return {
    form,
    file,
    choose: (chosen: File | undefined) => {
      setFile(chosen);
      form.set("file", chosen?.name ?? "");
    },
    sent,
    isSending: form.busy,
    cancel: () => stop.current?.abort(),
  };
}

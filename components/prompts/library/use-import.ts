"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSend } from "@/components/ui/use-send";
import { refreshCatalog } from "@/lib/catalog/client";
import { AppError } from "@/lib/core";
import type { ImportedFile, PromptFile } from "@/lib/prompts";
import { importPromptFiles, type ReadFiles, readUploads, refreshPrompts } from "@/lib/prompts/client";

/** What an import writes. */
const written: readonly ImportedFile["outcome"][] = ["created", "changed", "merged"];
export const isWritten = ({ outcome }: Pick<ImportedFile, "outcome">) => written.includes(outcome);

interface Preview extends ReadFiles {
  results: ImportedFile[];
}

interface PromptImport {
  /** What would become of each file; undefined before some are chosen. */
  preview: Preview | undefined;
  isReading: boolean;
  choose: (uploads: readonly File[]) => void;
  /** Back to choosing. */
  startAnew: () => void;
  /** The files win over what was saved since they were written. */
  overwrite: boolean;
  setOverwrite: (overwrite: boolean) => void;
  /** What became of each; undefined before it was done. */
  done: ImportedFile[] | undefined;
  isSending: boolean;
  send: (message: string) => void;
  /** Why nothing was read or sent. */
  failure: Error | null;
}

/** Files that are read in the browser, tried by the server, and then brought in. */
export function useImport(onAllDone: (count: number) => void): PromptImport {
  const cache = useQueryClient();
  const [preview, setPreview] = useState<Preview>();
  const [overwrite, setOverwrite] = useState(false);
  const [done, setDone] = useState<ImportedFile[]>();
  const trying = useSend(async ({ read, wins }: { read: () => Promise<ReadFiles>; wins: boolean }) => {
    const { files, skipped } = await read();
    if (files.length === 0)
      throw new AppError("unprocessable", "There is no .md or .yaml file with a prompt among these.");
    const { results } = await importPromptFiles({ files, dryRun: true, overwrite: wins });
    return { files, skipped, results };
  }, setPreview);
  const sending = useSend(
    ({ files, message }: { files: PromptFile[]; message: string }) =>
      importPromptFiles({ files, overwrite, ...(message.trim() ? { message } : {}) }),
    ({ results }) => {
      void refreshPrompts(cache);
      void refreshCatalog(cache);
      setDone(results);
      const rest = results.filter((result) => !isWritten(result) && result.outcome !== "unchanged");
      if (rest.length === 0) onAllDone(results.filter(isWritten).length);
    },
  );
  return {
    preview,
    isReading: trying.busy,
    choose: (uploads) => trying.send({ read: () => readUploads(uploads), wins: overwrite }),
    startAnew: () => {
      trying.forget();
      sending.forget();
      setPreview(undefined);
      setDone(undefined);
    },
    overwrite,
    setOverwrite: (wins) => {
      setOverwrite(wins);
      if (preview) trying.send({ read: async () => preview, wins });
    },
    done,
    isSending: sending.busy,
    send: (message) => preview && sending.send({ files: preview.files, message }),
    failure: trying.error ?? sending.error,
  };
}

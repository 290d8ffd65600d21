import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/core/client";
import { promptFeedback, promptSnapshot } from "./prompt-usage";

/** What the caller shares now in which a prompt asks. */
export const promptSnapshotsQuery = (prompt: string) =>
  queryOptions({
    queryKey: ["playground", "snapshots", { prompt }],
    queryFn: ({ signal }) =>
      fetchJson("/api/playground/snapshots", { prompt }, z.array(promptSnapshot), { signal }),
  });

/** How the versions of a prompt did in everybody's blind votes. */
export const promptFeedbackQuery = (prompt: string) =>
  queryOptions({
    queryKey: ["playground", "prompt-feedback", prompt],
    queryFn: ({ signal }) =>
      fetchJson("/api/playground/prompt-feedback", { prompt }, promptFeedback, { signal }),
  });

import { z } from "zod";
import { engineKinds } from "@/lib/inference";
import { promptInvocation } from "./schema";

/** A past call of a prompt, with what it takes to ask the same of another version. */
export const promptReplay = promptInvocation
  .pick({ id: true, version: true, alias: true, model: true, at: true, by: true, variables: true })
  .extend({
    engine: z.enum(engineKinds),
    /** Variables whose values may be longer than was kept of them. */
    cut: z.array(z.string()),
  });
export type PromptReplay = z.infer<typeof promptReplay>;

import "server-only";
import { z } from "zod";

const settings = z.object({
  choice: z.enum(["auto", "cuda", "webgpu", "cpu"]),
  threads: z.number().int().min(1),
  memoryLimit: z.number().positive(),
});

/** What the server told this worker process, which is to end with it. */
export function workerSettings(): z.infer<typeof settings> {
  if (!process.send) throw new Error("This file runs in a worker process.");
  // Ends with the server, however that ended, and not before it: Ctrl-C reaches the whole group.
  process.on("disconnect", () => process.exit());
  process.on("SIGINT", () => undefined);
  return settings.parse(JSON.parse(process.argv[2] ?? "{}"));
}

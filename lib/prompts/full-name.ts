import { z } from "zod";

/** `catalog.schema.name` */
export const promptFullName = z
  .string()
  .max(800)
  .regex(/^[^.]+\.[^.]+\.[^.]+$/, "Write it as catalog.schema.name.");

import "server-only";
import { z } from "zod";
import type { PolicyDefinition } from "@/lib/access";
import { findSecurable } from "@/lib/access/server";
import { AppError } from "@/lib/core";
import type { Tx } from "@/lib/db/server";

/** As much of what the catalogue keeps of a function as a policy has to know. */
const signature = z.object({
  input_params: z.object({
    parameters: z.array(z.object({ parameter_default: z.string().nullish() })).nullish(),
  }),
  data_type: z.string(),
});

/**
 * Whether the function takes what the policy gives it: a mask the column's value and its arguments, a row
 * filter its arguments, and that answers yes or no. @throws AppError `unprocessable`
 */
export async function requireFitting(tx: Tx, { type, functionId, using }: PolicyDefinition): Promise<void> {
  const row = await findSecurable(tx, functionId);
  const read = signature.safeParse(row?.details);
  // Dropped since: what the policy holds on cannot be read, and it may be changed all the same.
  if (!row || row.droppedAt !== null) return;
  if (!read.success) throw new AppError("unprocessable", `What ${row.name} takes is not known.`);
  const parameters = read.data.input_params.parameters ?? [];
  const needed = parameters.filter(({ parameter_default }) => parameter_default == null).length;
  const given = using.length + (type === "column_mask" ? 1 : 0);
  if (given < needed || given > parameters.length) {
    const takes = needed === parameters.length ? `${needed}` : `${needed} to ${parameters.length}`;
    throw new AppError(
      "unprocessable",
      `${row.name} takes ${takes} ${parameters.length === 1 ? "argument" : "arguments"}, and the policy gives ${given}${type === "column_mask" ? " with the column itself" : ""}.`,
    );
  }
  if (type === "row_filter" && read.data.data_type !== "BOOLEAN") {
    throw new AppError(
      "unprocessable",
      `${row.name} gives ${read.data.data_type}; a row filter gives BOOLEAN.`,
    );
  }
}

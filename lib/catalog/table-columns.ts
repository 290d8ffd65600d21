import { z } from "zod";

// Kept rows are read by it as well: whatever becomes stricter here makes older tables unreadable.
const column = z.strictObject({
  name: z.string().min(1).max(255),
  type_text: z.string().max(10_000).nullish(),
  type_json: z.string().max(100_000).nullish(),
  type_name: z.string().regex(/^[A-Z_]{1,40}$/, "Write a type's name in capitals, such as STRING."),
  type_precision: z.number().int().nullish(),
  type_scale: z.number().int().nullish(),
  type_interval_type: z.string().max(100).nullish(),
  position: z.number().int().min(0).nullish(),
  comment: z.string().max(65_536).nullish(),
  nullable: z.boolean().nullish(),
  partition_index: z.number().int().min(0).nullish(),
});
export type TableColumn = z.infer<typeof column>;

/** The columns of a table, in the form in which the catalogue keeps them. */
export const tableColumns = z
  .array(column)
  .max(10_000)
  .refine(
    (all) => new Set(all.map((each) => each.name.toLowerCase())).size === all.length,
    "Two columns have the same name.",
  );

const kept = z.object({ columns: tableColumns.default([]) });

/** The columns among what is kept of a table or view; null where they cannot be read. */
export function columnsOf(details: unknown): TableColumn[] | null {
  return kept.safeParse(details).data?.columns ?? null;
}

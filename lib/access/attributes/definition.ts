import { z } from "zod";
import { isAppError } from "@/lib/core";
import { longestCondition, parseTagCondition } from "./condition";

/** A condition over tags that can be read. */
const condition = z
  .string()
  .trim()
  .min(1, "Enter a condition.")
  .max(longestCondition, `Use ${longestCondition} characters or fewer.`)
  .check((context) => {
    try {
      parseTagCondition(context.value);
    } catch (error) {
      if (!isAppError(error)) throw error;
      context.issues.push({ code: "custom", message: error.message, input: context.value });
    }
  });

const alias = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "Use letters, digits and _, with a letter first.");

/** Given to the function: a matched column, or a text. */
const argument = z.union([
  z.strictObject({ alias }),
  z.strictObject({ constant: z.string().max(1_000, "Use 1,000 characters or fewer.") }),
]);
export type PolicyArgument = z.output<typeof argument>;

const most = 10;

/** What an attribute-based policy does where: on which tables and columns, and what function it applies. */
export const policyDefinition = z
  .strictObject({
    type: z.enum(["row_filter", "column_mask"]),
    /** On the table's tags; null holds for every table. */
    when: condition.nullable().default(null),
    /** Columns by their tags, each under a name the policy knows them by. */
    match: z
      .array(z.strictObject({ alias, condition }))
      .max(most, `Match ${most} columns or fewer.`)
      .default([]),
    functionId: z.string().min(1, "Choose a function.").max(100),
    /** The alias of the columns that are masked; a mask alone has one. */
    onColumn: alias.nullable().default(null),
    /** A mask gets the column's value before these. */
    using: z.array(argument).max(most, `Give ${most} arguments or fewer.`).default([]),
  })
  .check((context) => {
    const { type, match, onColumn, using } = context.value;
    const issue = (path: string, message: string) =>
      context.issues.push({ code: "custom", message, path: [path], input: context.value });
    const aliases = new Set(match.map((each) => each.alias));
    if (aliases.size < match.length) issue("match", "Two columns have the same alias.");
    if (type === "row_filter" && onColumn !== null) issue("onColumn", "A row filter masks no column.");
    if (type === "column_mask" && onColumn === null) issue("onColumn", "Name the column that is masked.");
    if (onColumn !== null && !aliases.has(onColumn))
      issue("onColumn", `No column is matched as ${onColumn}.`);
    for (const each of using) {
      if ("alias" in each && !aliases.has(each.alias))
        issue("using", `No column is matched as ${each.alias}.`);
    }
  });
export type PolicyDefinition = z.output<typeof policyDefinition>;

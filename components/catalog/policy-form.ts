import { z } from "zod";
import { type PolicyDefinition, policyDefinition, securableName } from "@/lib/access";
import type { AttributePolicy, ObjectRef, PrincipalRef } from "@/lib/catalog";
import { formatPairs, pairText } from "./pair-text";

type Argument = PolicyDefinition["using"][number];

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** As somebody types them: names of columns bare, texts in single quotes, with commas. */
export function formatArguments(using: readonly Argument[]): string {
  return using.map((each) => ("alias" in each ? each.alias : quoted(each.constant))).join(", ");
}

const onePattern = /\s*(?:([A-Za-z_]\w*)|'((?:[^']|'')*)')\s*(,|$)/y;

/** The other way; what is neither is said. */
export const argumentText = z.string().transform((text, ctx): Argument[] => {
  const found: Argument[] = [];
  onePattern.lastIndex = 0;
  while (text.slice(onePattern.lastIndex).trim() !== "" || text[onePattern.lastIndex - 1] === ",") {
    const start = onePattern.lastIndex;
    const [, alias, constant] = onePattern.exec(text) ?? [];
    if (alias === undefined && constant === undefined) {
      ctx.addIssue(`Write a column’s name, or a text in single quotes: ${text.slice(start).trim()}`);
      return z.NEVER;
    }
    found.push(alias === undefined ? { constant: (constant ?? "").replaceAll("''", "'") } : { alias });
  }
  return found;
});

/** What stands in the dialog. */
export const policyForm = z
  .object({
    name: securableName,
    type: z.enum(["row_filter", "column_mask"]),
    function: z.custom<ObjectRef>().nullable(),
    to: z.array(z.custom<PrincipalRef>()).min(1, "Say for whom it holds."),
    except: z.array(z.custom<PrincipalRef>()),
    when: z.string(),
    match: pairText,
    onColumn: z.string().trim(),
    using: argumentText,
    comment: z.string().max(4_000, "Use 4,000 characters or fewer."),
  })
  .transform((values, ctx) => {
    const { name, type, to, except, comment } = values;
    const definition = policyDefinition.safeParse({
      type,
      when: values.when.trim() || null,
      match: Object.entries(values.match).map(([alias, condition]) => ({ alias, condition })),
      functionId: values.function?.id ?? "",
      onColumn: type === "column_mask" ? values.onColumn || null : null,
      using: values.using,
    });
    if (!definition.success) {
      for (const { path, message } of definition.error.issues) {
        const [field = "name", ...rest] = path;
        ctx.issues.push({
          code: "custom",
          path: [field === "functionId" ? "function" : field, ...rest],
          message,
          input: values,
        });
      }
      return z.NEVER;
    }
    const ids = (principals: readonly PrincipalRef[]) => principals.map(({ id }) => id);
    return { name, to: ids(to), except: ids(except), comment, definition: definition.data };
  });

/** What the dialog begins with. */
export function formOf(policy: AttributePolicy | undefined): z.input<typeof policyForm> {
  const definition = policy?.definition;
  return {
    name: policy?.name ?? "",
    type: definition?.type ?? "column_mask",
    function: policy?.function ?? null,
    to: policy?.to ?? [],
    except: policy?.except ?? [],
    when: definition?.when ?? "",
    match: formatPairs(
      Object.fromEntries((definition?.match ?? []).map(({ alias, condition }) => [alias, condition])),
    ),
    onColumn: definition?.onColumn ?? "",
    using: formatArguments(definition?.using ?? []),
    comment: policy?.comment ?? "",
  };
}

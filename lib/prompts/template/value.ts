import type { PromptVariable, VariableType } from "../content";

const numeric = /^\s*-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** What the type wants, in words that follow "is"; null where the value fits. Texts such as "3" are numbers too. */
export function typeProblem(type: VariableType, value: string | number | boolean): string | null {
  const text = String(value);
  if (type.type === "number" && !(typeof value === "number" ? Number.isFinite(value) : numeric.test(text)))
    return "not a number";
  if (type.type === "boolean" && text !== "true" && text !== "false") return "neither true nor false";
  if (type.type === "choice" && !type.options.includes(text))
    return `none of ${type.options.map((option) => `“${option}”`).join(", ")}`;
  return null;
}

/** What is wrong with the default of a variable; null where there is none or it fits. */
export function defaultProblem({ type, default: value }: PromptVariable): string | null {
  return value === undefined ? null : typeProblem(type, value);
}

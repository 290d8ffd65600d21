import { isAppError } from "@/lib/core";
import { patternTest } from "@/lib/inference/client";
import type { AnswerFormat } from "./document";
import { findJsonProblem, type TextProblem } from "./json-problem";
import { SchemaCheck } from "./json-schema/check";
import type { SchemaMismatch } from "./json-schema/finding";
import { isRecord, isSchema } from "./json-schema/keywords";
import { patternProblem } from "./json-schema/pattern-problem";
import { schemaProblem } from "./json-schema/schema-problem";

/** `none`: nothing was asked for, or the format itself cannot be checked by. */
export type AnswerCheck =
  | { state: "none" }
  | { state: "valid" }
  | ({ state: "broken" } & TextProblem)
  | { state: "mismatch"; problems: SchemaMismatch[] };

const mostProblems = 50;

function matched(problems: SchemaMismatch[]): AnswerCheck {
  if (problems.length === 0) return { state: "valid" };
  return { state: "mismatch", problems: problems.slice(0, mostProblems) };
}

// The last one: a column asks for the same format again and again.
let prepared: { source: string; check: (text: string) => AnswerCheck } | undefined;

function byJson(problemsOf: (value: unknown) => SchemaMismatch[]): (text: string) => AnswerCheck {
  return (text) => {
    const problem = findJsonProblem(text);
    return problem ? { state: "broken", ...problem } : matched(problemsOf(JSON.parse(text)));
  };
}

function prepare(format: AnswerFormat): (text: string) => AnswerCheck {
  if (format.type === "json_object")
    return byJson((value) => (isRecord(value) ? [] : [{ path: "", why: "is JSON, but not an object" }]));
  if (checkFormat(format) !== null) return () => ({ state: "none" });
  if (format.type === "regex") {
    const matches = patternTest(format.pattern, "whole");
    return (text) => matched(matches(text) ? [] : [{ path: "", why: `does not match ${format.pattern}` }]);
  }
  const schema: unknown = JSON.parse(format.schema);
  const check = new SchemaCheck(isSchema(schema) ? schema : true);
  return byJson((value) => check.problems(value));
}

/** Whether an answer has the format that was asked for, and if not, where and why. */
export function checkAnswer(format: AnswerFormat, text: string): AnswerCheck {
  if (format.type === "text") return { state: "none" };
  const source = JSON.stringify(format);
  if (prepared?.source !== source) prepared = { source, check: prepare(format) };
  try {
    return prepared.check(text);
  } catch (error) {
    if (isAppError(error)) return { state: "none" };
    throw error;
  }
}

/** What is wrong with the schema or the pattern in the editor; null when answers can be checked by it. */
export function checkFormat(format: AnswerFormat): string | null {
  if (format.type === "regex") {
    if (format.pattern === "") return "Write a pattern that the whole answer is to match.";
    return patternProblem(format.pattern, "whole");
  }
  if (format.type !== "json_schema") return null;
  if (format.schema.trim() === "") return "Write a JSON Schema, or insert the example.";
  const problem = findJsonProblem(format.schema);
  if (problem) return `Line ${problem.line}, column ${problem.column}: ${problem.why}`;
  const schema: unknown = JSON.parse(format.schema);
  if (!isRecord(schema)) return "A schema is an object, in braces.";
  return schemaProblem(schema);
}

/** What some providers would object to in a schema that is otherwise right. */
export function formatHint(format: AnswerFormat): string | null {
  if (format.type !== "json_schema" || checkFormat(format) !== null) return null;
  const { type } = JSON.parse(format.schema) as { type?: unknown };
  return type === "object" ? null : "Some providers take only a schema whose type is “object”.";
}

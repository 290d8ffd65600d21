import { isTooMuch } from "./asked";
import { turnsOf } from "./conversation";
import { bounds, type VariableValues } from "./document";
import { isPromptEdited } from "./edits";
import { isUnresolved, needsMessage, promptsOf, sourceName } from "./loaded-prompt";
import { asks, openingOf } from "./prompt";
import { inputsOf } from "./rows";
import { problemOf, valuesOf, variablesOf } from "./variables";
import { pathOf, type RowHead, type Workspace, type WorkspaceState } from "./workspace";

/** What prompts of the library lack, in words that follow "needs". */
function promptProblems(state: WorkspaceState, values: VariableValues): string[] {
  const prompts = promptsOf(state);
  const unread = prompts.filter(isUnresolved).map((prompt) => `what ${sourceName(prompt)} refers to`);
  const given = valuesOf(variablesOf(state), values);
  return prompts.length > 0 && isTooMuch(given) ? [...unread, "shorter values"] : unread;
}

/** What the answer's format lacks, in words that follow "needs". */
function formatProblem({ format }: WorkspaceState): string | undefined {
  if (format.type === "json_schema") {
    try {
      const schema: unknown = JSON.parse(format.schema);
      if (typeof schema === "object" && schema !== null && !Array.isArray(schema)) return undefined;
    } catch {
      // Said below, in the same words.
    }
    return "a JSON Schema that is an object";
  }
  return format.type === "regex" && format.pattern === "" ? "a pattern for the answer" : undefined;
}

/** Values that the variables of the prompt lack, in words that follow "needs". */
export function missingValues(state: WorkspaceState): string[] {
  return variablesOf(state)
    .map((name) => problemOf(state, name, state.values[name]))
    .filter((problem) => problem !== undefined);
}

/** Whether Run would begin a conversation with the prompt, rather than go on with one. */
export function begins(state: WorkspaceState): boolean {
  return state.sameInput && (state.head === null || pathOf(state)[0] === undefined);
}

/** What keeps the columns from running, in words; empty when they can. */
export function missingToRun(workspace: Workspace): string[] {
  const state = workspace.store.getState();
  if (state.turns.length + state.columns.length > bounds.turns)
    return ["a new comparison, as this one is full"];
  const format = formatProblem(state);
  const missing = format ? [format] : [];
  const path = pathOf(state);
  if (begins(state)) {
    if (!asks(openingOf(state, state.values))) missing.unshift("a user message");
    return [...missing, ...missingValues(state), ...promptProblems(state, state.values)];
  }
  const typed = state.columns.some(({ id }) => workspace.column(id).getState().draft.trim() !== "");
  const asksAnew = state.sameInput && isNothingTyped(state) && isPromptEdited(state);
  if (asksAnew) missing.push(...missingValues(state), ...promptProblems(state, state.values));
  if (!state.sameInput && path.length === 0 && !typed) {
    if (needsMessage(state)) missing.unshift("a user message");
    missing.push(...missingValues(state), ...promptProblems(state, state.values));
  }
  if (path.length > 0 && isFull(workspace))
    missing.push("a message of its own, as this one has all the answers it can keep");
  return missing;
}

/** Values that a row of the grid lacks, in words that follow "needs". */
export function missingInRow(state: WorkspaceState, { values }: RowHead): string[] {
  const lacks = inputsOf(state)
    .map((name) => problemOf(state, name, values[name]))
    .filter((problem) => problem !== undefined);
  return [...lacks, ...promptProblems(state, values)];
}

/** What keeps every cell of the grid from running; what a row lacks is said in the row. */
export function missingToRunRows(state: WorkspaceState): string[] {
  const format = formatProblem(state);
  return format ? [format] : [];
}

const isNothingTyped = ({ followUp, enclosed }: WorkspaceState) =>
  followUp.trim() === "" && enclosed.length === 0;

/** The last turn has as many answers as are kept. */
function isFull(workspace: Workspace): boolean {
  const state = workspace.store.getState();
  if (state.followUp.trim() !== "") return false;
  return state.columns.some(({ id }) => {
    const last = turnsOf(pathOf(state), id).at(-1);
    const given = last ? workspace.column(id).getState().answers[last.id] : undefined;
    return (given?.length ?? 0) + state.repeats > bounds.answers;
  });
}

import type { Answer, PlaygroundColumn, PlaygroundDocument, PlaygroundTurn } from "../document";
import { answersOf, askedOf, letterOf, namesOf, parametersOf, placedTurns, systemFor } from "./answered";
import { csvOf } from "./csv-cell";

type Cell = string | number | null | undefined;

const head = [
  ...["kind", "turn", "branch", "row", "column", "model", "engine", "device", "parameters", "system"],
  ...["user", "attachments", "answer_number", "counts", "answer", "outcome", "finish", "error"],
  ...["prompt", "prompt_version", "prompt_edited"],
  ...["first_token_ms", "tokens_per_second", "input_tokens", "output_tokens", "duration_ms", "cost_usd"],
];

interface Place {
  kind: "turn" | "row";
  turn?: number;
  branch?: string;
  row?: number;
  user?: string;
  /** What a prompt of the library said in the system's place. */
  system?: string;
  attachments?: string;
  values?: Record<string, string>;
  number: number;
  counts: boolean;
}

const promptCells = ({ prompt }: Answer): Cell[] =>
  prompt ? [prompt.name, prompt.version, prompt.edited ? "yes" : "no"] : [undefined, undefined, undefined];

/** What a column was asked: the words for all, or those of its prompt. */
function wordsOf(turn: PlaygroundTurn, column: PlaygroundColumn): Pick<Place, "user" | "system"> {
  const asked = askedOf(turn, column);
  if (!asked) return { user: turn.user };
  const system = asked.before.filter(({ role }) => role === "system").map(({ text }) => text);
  return { user: asked.user ?? turn.user, system: system.join("\n\n") };
}

/** One line for each answer of each column to each turn, then for each row of the grid, with its variables. */
export function toCsv(document: PlaygroundDocument): string {
  const { turns, columns, rows } = document;
  const variables = [...new Set([...turns, ...rows].flatMap(({ values = {} }) => Object.keys(values)))];
  const line = (column: PlaygroundColumn, answer: Answer, place: Place): Cell[] => {
    const { metrics } = answer;
    return [
      ...[place.kind, place.turn, place.branch, place.row, letterOf(columns.indexOf(column))],
      ...[answer.model, answer.engine.kind, answer.engine.device, parametersOf(document, column)],
      ...[place.system ?? systemFor(document, column, place.values), place.user, place.attachments],
      ...[place.number, place.counts ? "yes" : "no", answer.text, answer.outcome, answer.finish],
      ...[
        answer.failure?.message,
        ...promptCells(answer),
        metrics?.firstTokenMs,
        metrics?.tokensPerSecond,
        metrics?.inputTokens,
      ],
      ...[metrics?.outputTokens, metrics?.durationMs, metrics?.cost],
      ...variables.map((name) => place.values?.[name]),
    ];
  };
  const ofTurns = placedTurns(turns).flatMap(({ turn, depth, branch }) =>
    columns.flatMap((column) =>
      answersOf(turn, column.id).map(({ answer, number, counts }) =>
        line(column, answer, {
          kind: "turn",
          turn: depth,
          branch,
          ...wordsOf(turn, column),
          attachments: namesOf(turn.attachments),
          values: turn.values,
          number,
          counts,
        }),
      ),
    ),
  );
  const ofRows = rows.flatMap(({ values, answers }, index) =>
    columns.flatMap((column) => {
      const answer = answers[column.id];
      const place = { kind: "row" as const, row: index + 1, values, number: 1, counts: true };
      return answer ? [line(column, answer, place)] : [];
    }),
  );
  return csvOf([[...head, ...variables.map((name) => `variable ${name}`)], ...ofTurns, ...ofRows]);
}

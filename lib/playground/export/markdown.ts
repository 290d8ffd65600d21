import { answeredBy } from "../asked";
import type { Answer, Attachment, PlaygroundDocument, PromptMessage } from "../document";
import { promptOf, promptsOf } from "../loaded-prompt";
import type { SentPrompt } from "../prompt-schema";
import {
  answersOf,
  askedOf,
  letterOf,
  type NumberedAnswer,
  namesOf,
  type PlacedTurn,
  parametersOf,
  placedTurns,
  promptWords,
  systemFor,
} from "./answered";

/** A text as a quotation, so that nothing in it passes for a part of the file around it. */
const quoted = (text: string) =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");

/** Text on one line in which nothing is markup. */
const plain = (text: string) => text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");

function code(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

const inTable = (text: string) => text.replaceAll("|", "\\|");
const attached = (attachments?: Attachment[]) =>
  attachments?.length ? [`Attached: ${plain(namesOf(attachments))}`] : [];

function figuresOf({ metrics, outcome, finish, engine, failure, prompt }: Answer): string {
  const facts = [
    outcome === "finished" ? (finish ?? "finished") : outcome,
    metrics?.firstTokenMs == null ? "" : `first token ${Math.round(metrics.firstTokenMs)} ms`,
    metrics?.tokensPerSecond == null ? "" : `${metrics.tokensPerSecond.toFixed(1)} tokens/s`,
    metrics?.inputTokens == null && metrics?.outputTokens == null
      ? ""
      : `${metrics.inputTokens ?? "unknown"} in / ${metrics.outputTokens ?? "unknown"} out`,
    metrics?.cost === undefined ? "" : `$${metrics.cost}`,
    engine.device,
    prompt ? `asked by ${promptWords(prompt)}` : "",
    metrics?.provenance === "reported" ? "reported by the browser" : "",
    failure ? failure.message : "",
  ];
  return facts
    .filter((fact) => fact !== "")
    .map(plain)
    .join(" · ");
}

function answerPart(letter: string, { answer, number, of, counts }: NumberedAnswer): string[] {
  const which = of === 1 ? "" : `, answer ${number} of ${of}${counts ? ", the one that counts" : ""}`;
  return [
    `### ${letter}: ${code(answer.model)}${which}`,
    answer.text === "" ? "No text." : quoted(answer.text),
    figuresOf(answer),
  ];
}

const messagePart = ({ role, text, attachments }: PromptMessage) => [
  `**${role}**`,
  quoted(text),
  ...attached(attachments),
];

function turnPart(
  document: PlaygroundDocument,
  { turn, depth, branch }: PlacedTurn,
  branched: boolean,
): string[] {
  const only = turn.column
    ? `, to ${letterOf(document.columns.findIndex(({ id }) => id === turn.column))} alone`
    : "";
  return [
    `## Turn ${depth}${branched ? `, branch ${branch}` : ""}${only}`,
    ...(turn.lead ?? []).flatMap(messagePart),
    "**user**",
    quoted(turn.user),
    ...attached(turn.attachments),
    ...(turn.prefill ? ["The answer was begun with:", quoted(turn.prefill)] : []),
    ...document.columns.flatMap((column, index) => [
      ...askedPart(letterOf(index), askedOf(turn, column)),
      ...answersOf(turn, column.id).flatMap((answer) => answerPart(letterOf(index), answer)),
    ]),
  ];
}

/** What a prompt of the library asked one column. */
function askedPart(letter: string, asked: SentPrompt | undefined): string[] {
  if (!asked) return [];
  const { prompt, before, user, prefill, after } = asked;
  const question = user === undefined ? [] : [{ role: "user" as const, text: user }];
  const begun = prefill === undefined ? [] : [{ role: "assistant" as const, text: prefill }];
  return [
    `**${letter} is asked by** ${code(promptWords(prompt))}`,
    ...[...before, ...question, ...begun, ...after].flatMap(({ role, text }) => [
      `**${role}**`,
      quoted(text),
    ]),
  ];
}

function columnTable(document: PlaygroundDocument): string {
  const isAsked = promptsOf(document).length > 0;
  const rows = document.columns.map((column, index) => {
    const parameters = parametersOf(document, column);
    const prompt = promptOf(document, column);
    const asked = prompt ? ` ${inTable(code(promptWords(answeredBy(prompt))))} |` : " none |";
    return `| ${letterOf(index)} | ${inTable(code(column.model))} | ${column.engine} | ${parameters ? inTable(code(parameters)) : "the model's own"} |${isAsked ? asked : ""}`;
  });
  const head = ["| | Model | Engine | Parameters |", "|---|---|---|---|"];
  return [...(isAsked ? [`${head[0]} Prompt |`, `${head[1]}---|`] : head), ...rows].join("\n");
}

function systemPart(document: PlaygroundDocument): string[] {
  const own = document.columns.flatMap((column, index) =>
    column.system === undefined || promptOf(document, column)
      ? []
      : [`**system of ${letterOf(index)}**`, quoted(systemFor(document, column))],
  );
  const isSent = document.columns.some((column) => !promptOf(document, column));
  return [...(document.system === "" || !isSent ? [] : ["**system**", quoted(document.system)]), ...own];
}

/** A comparison to be read: its columns, each turn of each branch with all answers, the grid's rows. */
export function toMarkdown(title: string, document: PlaygroundDocument, exportedAt: Date): string {
  const turns = placedTurns(document.turns);
  const branched = turns.some(({ branch }) => /[2-9]|\d\d/.test(branch));
  const parts = [
    `# ${plain(title)}`,
    `Exported from Tessera on ${exportedAt.toISOString().slice(0, 16).replace("T", " ")} UTC.`,
    columnTable(document),
    ...systemPart(document),
    ...turns.flatMap((placed) => turnPart(document, placed, branched)),
    ...document.rows.flatMap(({ values, answers }, row) => [
      `## Row ${row + 1}`,
      ...Object.entries(values).flatMap(([name, value]) => [`**${plain(name)}**`, quoted(value)]),
      ...document.columns.flatMap((column, index) => {
        const answer = answers[column.id];
        return answer ? answerPart(letterOf(index), { answer, number: 1, of: 1, counts: true }) : [];
      }),
    ]),
  ];
  return `${parts.join("\n\n")}\n`;
}

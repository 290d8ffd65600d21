import { defaultAlias, type PromptVariable } from "@/lib/prompts";

export const codeKinds = [
  { value: "fetch", label: "Fetch, curl", remark: "For bash, zsh and other POSIX shells." },
  {
    value: "client",
    label: "Fetch, TypeScript",
    remark: "Needs the client of this repository: npm install <repository>/clients/typescript",
  },
  {
    value: "call",
    label: "Call, curl",
    remark: "The workbench fills the prompt in, takes its model and parameters, and notes its version.",
  },
  {
    value: "openai",
    label: "Call, TypeScript",
    remark: "Needs the package openai: npm install openai",
  },
] as const;

export type CodeKind = (typeof codeKinds)[number]["value"];

export interface CodeRequest {
  origin: string;
  fullName: string;
  /** Neither: by `production`. */
  alias?: string;
  version?: number;
  /** The model that the version names. */
  model: string | null;
  variables: readonly PromptVariable[];
  placeholders: readonly string[];
}

/** In single quotes nothing is expanded; a single quote itself is put between two such texts. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A value that the type takes: the default, else one that shows what is wanted. */
function exampleOf({ name, type, default: usual }: PromptVariable): string | number | boolean {
  if (type.type === "number") return Number(usual ?? 1);
  if (type.type === "boolean") return (usual ?? "true") === "true";
  if (type.type === "choice") return usual ?? type.options[0] ?? "";
  return usual ?? `… ${name} …`;
}

const valuesOf = ({ variables }: CodeRequest) =>
  Object.fromEntries(variables.map((variable) => [variable.name, exampleOf(variable)]));

const choiceOf = ({ alias, version }: CodeRequest) =>
  version === undefined ? { alias: alias ?? defaultAlias } : { version };

function promptField(request: CodeRequest) {
  const { fullName, placeholders } = request;
  const places = Object.fromEntries(placeholders.map((name) => [name, []]));
  return {
    name: fullName,
    ...choiceOf(request),
    variables: valuesOf(request),
    ...(placeholders.length > 0 ? { placeholders: places } : {}),
  };
}

const path = (request: CodeRequest) => {
  const query = new URLSearchParams(
    Object.entries(choiceOf(request)).map(([name, value]) => [name, String(value)]),
  );
  return `${request.origin}/api/prompts/${encodeURIComponent(request.fullName)}?${query}`;
};

const fetchCode = (request: CodeRequest) =>
  [`curl ${quoted(path(request))} \\`, '  -H "Authorization: Bearer $TESSERA_API_KEY"', ""].join("\n");

const clientCode = (request: CodeRequest) => {
  const choice = choiceOf(request);
  // The client takes production where nothing is named, as all do.
  const named = "alias" in choice && choice.alias === defaultAlias ? "" : `, ${JSON.stringify(choice)}`;
  const places = Object.fromEntries(request.placeholders.map((name) => [name, []]));
  const rest = request.placeholders.length > 0 ? `, ${JSON.stringify(places)}` : "";
  return `import { Tessera } from "tessera-client";

const tessera = new Tessera({
  url: ${JSON.stringify(request.origin)},
  key: process.env.TESSERA_API_KEY ?? "",
  // Holds a last copy for the time in which the workbench is away.
  directory: ".tessera-prompts",
});

const prompt = await tessera.prompt(${JSON.stringify(request.fullName)}${named});
const { messages, model, parameters } = prompt.render(${JSON.stringify(valuesOf(request), null, 2)}${rest});
`;
};

const bodyOf = (request: CodeRequest) => ({
  ...(request.model === null ? { model: "pebble-2m" } : {}),
  prompt: promptField(request),
});

const callCode = (request: CodeRequest) =>
  [
    `curl ${quoted(`${request.origin}/v1/chat/completions`)} \\`,
    '  -H "Authorization: Bearer $TESSERA_API_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
    `  -d ${quoted(JSON.stringify(bodyOf(request), null, 2))}`,
    "",
  ].join("\n");

const openaiCode = (request: CodeRequest) => `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: ${JSON.stringify(`${request.origin}/v1`)},
  apiKey: process.env.TESSERA_API_KEY,
});

// Not in OpenAI's types; messages that are sent besides come after those of the prompt.
const body = ${JSON.stringify(bodyOf(request), null, 2)};
const completion = await client.chat.completions.create(
  body as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming,
);
console.log(completion.choices[0]?.message.content);
`;

const makers: Record<CodeKind, (request: CodeRequest) => string> = {
  fetch: fetchCode,
  client: clientCode,
  call: callCode,
  openai: openaiCode,
};

/** How an application fetches a prompt, or calls a model with it. */
export const codeFor = (kind: CodeKind, request: CodeRequest): string => makers[kind](request);

import type { Price, ServedModel } from "@/lib/gateway";
import type { EngineKind } from "@/lib/inference";
import { formatModelRef, type ModelRef } from "./link";

/** One thing a column can run: a model together with the place where it runs. */
export interface ModelChoice extends ModelRef {
  /** `browser:pebble-2m` */
  key: string;
  description: string;
  /** For an alias: the version of the registry that it means now. */
  version?: ServedModel["version"];
  /** "2.1M parameters, 512 tokens, Apache-2.0" */
  facts: string;
  /** Absent as long as it is to be used. */
  deprecation?: ServedModel["deprecation"];
  /** What of the facts has room beside a name: "v2, Apache-2.0" for an alias, "deprecated" where it is. */
  brief: string;
  /** The model's weights are small enough to be fetched before they are asked for. */
  light: boolean;
  /** US dollars per million tokens; absent is unknown. */
  price?: Price;
  /** Whether it takes images along with a message. An upstream does not say. */
  images: "yes" | "no" | "unknown";
  /** Why it cannot be chosen. */
  unavailable?: string;
}

const lightParameters = 20_000_000;

function short(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)}B`;
  if (count >= 1e6) return `${(count / 1e6).toFixed(count < 1e7 ? 1 : 0)}M`;
  return `${Math.round(count / 1e3)}k`;
}

const licenseOf = ({ license }: Pick<ServedModel, "license">) =>
  license === undefined || license === "unknown" ? "licence unknown" : license;

function factsOf({ parameters, context, license, version }: ServedModel): string {
  const facts = [
    version ? `v${version.number} now` : "",
    parameters ? `${short(parameters)} parameters` : "",
    context ? `${context.toLocaleString("en")} tokens` : "",
    licenseOf({ license }),
  ];
  return facts.filter(Boolean).join(", ");
}

function briefOf(model: ServedModel): string {
  if (model.deprecation?.isInForce) return "deprecated";
  return model.version ? `v${model.version.number}, ${licenseOf(model)}` : factsOf(model);
}

function choice(model: ServedModel, engine: EngineKind, cannot?: string): ModelChoice {
  const unavailable = model.task === "chat" ? cannot : "makes embeddings, not answers";
  return {
    engine,
    model: model.id,
    key: formatModelRef({ engine, model: model.id }),
    description: model.description,
    ...(model.version ? { version: model.version } : {}),
    ...(model.deprecation ? { deprecation: model.deprecation } : {}),
    facts: factsOf(model),
    brief: briefOf(model),
    light: (model.parameters ?? Number.POSITIVE_INFINITY) <= lightParameters,
    ...(model.price ? { price: model.price } : {}),
    images: engine === "remote" ? "unknown" : "no",
    ...(unavailable ? { unavailable } : {}),
  };
}

/** Every model in every place it can run: this browser first, then the server, connections, and aliases of the registry. */
export function choicesOf(all: ServedModel[], browserLacks?: string): ModelChoice[] {
  const models = all.filter(({ version }) => !version);
  const aliases = all.filter(({ version }) => version);
  return [
    ...models.filter((model) => model.inBrowser).map((model) => choice(model, "browser", browserLacks)),
    ...models.filter((model) => model.engine === "server").map((model) => choice(model, "server")),
    ...models.filter((model) => model.engine === "remote").map((model) => choice(model, "remote")),
    ...aliases.map((model) => choice(model, model.engine)),
  ];
}

/** What a newcomer starts with: the first model of the server, by name the better built-in one, in this browser and on the server. */
export function firstColumns(choices: ModelChoice[]): ModelRef[] {
  const usable = choices.filter((entry) => entry.unavailable === undefined);
  const first = (engine: EngineKind) => usable.find((entry) => entry.engine === engine);
  const server = first("server");
  const browser = usable.find((entry) => entry.engine === "browser" && entry.model === server?.model);
  const pair = [browser ?? first("browser"), server ?? first("remote")].filter(
    (entry) => entry !== undefined,
  );
  return pair.length > 0 ? pair : [{ engine: "server", model: "pebble-2m" }];
}

/** What to add next: the first usable choice that no column has, else the last column's again. */
export function nextColumn(choices: ModelChoice[], columns: ModelRef[]): ModelRef {
  const taken = new Set(columns.map(formatModelRef));
  const usable = choices.filter((entry) => entry.unavailable === undefined);
  return (
    usable.find((entry) => !taken.has(entry.key)) ??
    columns.at(-1) ??
    usable[0] ?? { engine: "server", model: "pebble-2m" }
  );
}

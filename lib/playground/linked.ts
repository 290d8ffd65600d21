import type { QueryClient } from "@tanstack/react-query";
import { AppError } from "@/lib/core";
import type { PromptReplay } from "@/lib/prompts";
import { firstColumns, type ModelChoice } from "./choices";
import type { VariableValues } from "./document";
import { loadPrompt } from "./library-client";
import type { ModelRef, PlaygroundLink } from "./link";
import type { LoadedPrompt } from "./prompt-schema";

/** What a link to prompts leads to, read from the library. */
export interface Linked {
  /** One for all columns, or one for each. */
  prompts: (LoadedPrompt | null)[];
  replay: PromptReplay | null;
}

/** @throws AppError in the server's words for what one may not see, or does not exist */
export async function readLinked(client: QueryClient, link: PlaygroundLink): Promise<Linked> {
  const [strange] = link.strange;
  if (strange !== undefined) {
    throw new AppError(
      "invalid",
      `“${strange}” names no version of a prompt. Write it as catalog.schema.name@alias or catalog.schema.name@7.`,
    );
  }
  const first = link.prompts.find((ref) => ref !== null);
  if (link.invocation !== null && !first) {
    throw new AppError("invalid", "To ask a past call again, the link has to name its prompt.");
  }
  const prompts = await Promise.all(
    link.prompts.map((ref) => ref && loadPrompt(client, ref.name, ref.choice)),
  );
  if (link.invocation === null || !first) return { prompts, replay: null };
  const { promptReplayQuery } = await import("@/lib/prompts/client");
  const replay = await client.fetchQuery({ ...promptReplayQuery(first.name, link.invocation), staleTime: 0 });
  const old = await loadPrompt(client, first.name, { version: replay.version });
  const others = prompts.filter((prompt) => prompt && prompt.version !== replay.version);
  return { prompts: [old, ...others], replay };
}

/** A comparison to begin with. */
export interface Beginning {
  columns: (ModelRef & { prompt?: LoadedPrompt })[];
  /** For all columns. */
  prompt?: LoadedPrompt;
  values: VariableValues;
}

const usable = (choices: readonly ModelChoice[]) =>
  choices.filter(({ unavailable }) => unavailable === undefined);

/** The model that the prompts were made for, or that was called; undefined where it cannot be run here. */
function meantModel({ prompts, replay }: Linked, choices: readonly ModelChoice[]): ModelRef | undefined {
  const able = usable(choices);
  if (replay) {
    const called = able.find(({ model, engine }) => model === replay.model && engine === replay.engine);
    if (called) return called;
  }
  const wanted = prompts.flatMap((prompt) => prompt?.written.model ?? []);
  // A call through the workbench is counted; a run in a browser is only reported.
  return able.find(({ model, engine }) => engine !== "browser" && wanted.includes(model));
}

/** Columns for what was read. Versions are compared on one model, so that the text alone differs. */
export function beginningOf(
  linked: Linked,
  link: Pick<PlaygroundLink, "columns">,
  choices: ModelChoice[],
  before: readonly ModelRef[] | undefined,
): Beginning {
  const { prompts, replay } = linked;
  const values = replay?.variables ?? {};
  const meant = meantModel(linked, choices);
  const [only] = prompts;
  if (prompts.length < 2) {
    const models =
      link.columns.length > 0 ? link.columns : meant ? [meant] : (before ?? firstColumns(choices));
    // What stands in their place keeps the models alone: no prompt, no parameter of what was open before.
    const columns = models.map(({ engine, model }) => ({ engine, model }));
    return { columns, ...(only ? { prompt: only } : {}), values };
  }
  const onServer = usable(choices).find(({ engine }) => engine === "server");
  const model = meant ?? onServer ?? before?.[0] ?? firstColumns(choices)[0];
  const fallback: ModelRef = model ?? { engine: "server", model: "pebble-2m" };
  return {
    columns: prompts.map((prompt, index) => {
      const given = link.columns[index] ?? link.columns.at(-1) ?? fallback;
      return { engine: given.engine, model: given.model, ...(prompt ? { prompt } : {}) };
    }),
    values,
  };
}

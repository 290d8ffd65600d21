import "server-only";
import { authorize } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { single } from "@/lib/core/server";
import type {
  ChatCall,
  ChatEvent,
  EmbeddingCall,
  EmbeddingResult,
  EngineInfo,
  ModelManifest,
} from "@/lib/inference";
import {
  onnxEngine,
  type PassedFields,
  runsInBrowser,
  serverEmbedder,
  serverModels,
} from "@/lib/inference/server";
import {
  findCallableAliases,
  findDeprecations,
  type NamedVersion,
  resolveVersionName,
  type VersionName,
  versionNameOf,
} from "./named-versions";
import { ownHardware, type Price } from "./price";
import type { Deprecation, ServedModel } from "./schema";
import { findUpstreams, type Upstream } from "./upstreams";

/** How a call reaches its model. */
export interface Route {
  /** The name under which it is served. */
  name: string;
  /** The name of a version by which it was called, and what that meant; absent when it was called by `name`. */
  called?: { as: string; model: string; number: number };
  /** The engine's own name of it. */
  engineModel: string;
  connectionId: string | null;
  /** What is known of the engine before it says so itself. */
  engine: EngineInfo;
  /** Fields that only an upstream can honour are passed on to one. */
  isRemote: boolean;
  /** As it is now; undefined is unknown. */
  price: Price | undefined;
  chat(
    call: ChatCall,
    signal: AbortSignal,
    options: { whole: boolean; passed: PassedFields },
  ): AsyncIterable<ChatEvent>;
  embed(call: EmbeddingCall, signal: AbortSignal): Promise<EmbeddingResult>;
}

type Task = ServedModel["task"];

const startedAt = () => single("gateway.startedAt", () => Math.floor(Date.now() / 1000));

/** An upstream lists ids only; its embedding models tell by their names. */
const looksLikeEmbedding = /embed|(^|[/_-])(bge|gte|e5|minilm)([/_.-]|$)/i;

function builtIn(manifest: ModelManifest): ServedModel {
  const { name, task, description, context, license, files } = manifest;
  // Hubs and folders often do not say how many there are; only a model without files has none.
  const parameters = manifest.parameters === 0 && files.length > 0 ? undefined : manifest.parameters;
  return {
    id: name,
    task,
    engine: "server",
    inBrowser: runsInBrowser(manifest),
    description,
    context,
    parameters,
    license,
    ownedBy: "tessera",
    created: startedAt(),
    price: ownHardware,
  };
}

function remote(upstream: Upstream, model: string): ServedModel {
  return {
    id: `${upstream.name}/${model}`,
    task: looksLikeEmbedding.test(model) ? "embedding" : "chat",
    engine: "remote",
    inBrowser: false,
    description: `${model} over the connection ${upstream.name}`,
    connection: upstream.name,
    ownedBy: upstream.name,
    created: Math.floor(upstream.createdAt.getTime() / 1000),
    price: upstream.prices.get(model),
  };
}

/** A model of an upstream as it is offered now. */
export interface ConnectedModel {
  name: string;
  task: Task;
  description: string;
  connection: { id: string; name: string };
  /** As the upstream calls it. */
  model: string;
}

/** The models of all connections, for what keeps account of them. */
export async function connectedModels(): Promise<ConnectedModel[]> {
  const upstreams = [...(await findUpstreams()).values()];
  return upstreams.flatMap((upstream) =>
    [...upstream.models].map((model) => {
      const { id, task, description } = remote(upstream, model);
      return { name: id, task, description, connection: { id: upstream.id, name: upstream.name }, model };
    }),
  );
}

const withDeprecation = (model: ServedModel, deprecation: Deprecation | null | undefined): ServedModel =>
  deprecation ? { ...model, deprecation } : model;

/** Every model that the actor may call. */
export async function findModels(ctx: Context): Promise<ServedModel[]> {
  const [manifests, upstreams, deprecations] = await Promise.all([
    serverModels(),
    findUpstreams(),
    findDeprecations(),
  ]);
  const remotes = [...upstreams.values()].flatMap((upstream) =>
    [...upstream.models].map((id) => remote(upstream, id)),
  );
  const all = [...manifests.map(builtIn), ...remotes].filter(({ id }) => mayExecute(ctx, id));
  return all.map((model) => withDeprecation(model, deprecations.get(model.id)));
}

/** A version under the name that means it now. It runs on the server or over its connection, where the name is resolved; what is said of the served name is not said of it. */
const named = (
  { deprecation: _, ...model }: ServedModel,
  id: string,
  { model: name, number }: NamedVersion,
): ServedModel => ({
  ...model,
  id,
  inBrowser: false,
  version: { model: name, number },
});

/** Every alias that the actor may call, as a model of its own. */
export async function findAliases(ctx: Context): Promise<ServedModel[]> {
  const [models, aliases] = await Promise.all([findModels(ctx), findCallableAliases(ctx)]);
  const served = new Map(models.map((model) => [model.id, model]));
  return aliases.flatMap((alias) => {
    const model = served.get(alias.servedAs);
    if (!model || served.has(alias.id)) return [];
    const created = Math.floor(alias.movedAt.getTime() / 1000);
    return [withDeprecation({ ...named(model, alias.id, alias), created }, alias.deprecation)];
  });
}

/** One model that the actor may call, also by the name of a version. @throws AppError `not_found`, in the same words whether it is absent or hidden, or `forbidden` where it may be seen. */
export async function getModel(ctx: Context, name: string): Promise<ServedModel> {
  const models = await findModels(ctx);
  const model = models.find(({ id }) => id === name);
  if (model) return model;
  const asked = versionNameOf(name);
  if (!asked) {
    requireModel(ctx, name);
    throw noModel(name);
  }
  const version = await resolveVersionName(ctx, asked);
  const target = models.find(({ id }) => id === version.servedAs);
  if (!target) throw noModel(name);
  return named(target, name, version);
}

function mayExecute(ctx: Context, name: string): boolean {
  return authorize(ctx.actor, "EXECUTE", { kind: "model", name }).allow;
}

function noModel(name: string): AppError {
  return new AppError("not_found", `The model ${name.slice(0, 200)} does not exist or you may not use it.`, {
    param: "model",
  });
}

/** In the words for an absent model where the actor may not even know that it exists. */
export function requireModel({ actor }: Pick<Context, "actor">, name: string): void {
  const model = { kind: "model", name } as const;
  const { allow, why } = authorize(actor, "EXECUTE", model);
  if (allow) return;
  throw authorize(actor, "BROWSE", model).allow
    ? new AppError("forbidden", why, { param: "model" })
    : noModel(name);
}

/**
 * The one way from a model's name to an engine, for every endpoint alike: a second one that forgets to
 * ask would open every model. A name of a version is resolved here, at the moment of the call, and what it means is asked
 * for like any other model. @throws AppError `not_found`, `forbidden`, `conflict`, or `invalid` for a model of another task.
 */
export async function resolveModel(ctx: Context, name: string, task: Task): Promise<Route> {
  const asked = await askedVersion(name);
  if (!asked) return routeTo(ctx, name, task);
  const { servedAs, model, number } = await resolveVersionName(ctx, asked);
  return { ...(await routeTo(ctx, servedAs, task)), called: { as: name, model, number } };
}

/** An upstream's own id may hold an @ too; what is served under the whole name is what is meant. */
async function askedVersion(name: string): Promise<VersionName | undefined> {
  const asked = versionNameOf(name);
  if (!asked || (await upstreamOf(name))) return undefined;
  return (await serverModels()).some((manifest) => manifest.name === name) ? undefined : asked;
}

async function upstreamOf(name: string): Promise<{ upstream: Upstream; model: string } | undefined> {
  const slash = name.indexOf("/");
  const upstream = slash > 0 ? (await findUpstreams()).get(name.slice(0, slash)) : undefined;
  const model = name.slice(slash + 1);
  return upstream?.models.has(model) ? { upstream, model } : undefined;
}

async function routeTo(ctx: Context, name: string, task: Task): Promise<Route> {
  requireModel(ctx, name);
  const remote = await upstreamOf(name);
  if (remote) return remoteRoute(remote.upstream, name, remote.model);
  const manifest = (await serverModels()).find((candidate) => candidate.name === name);
  if (!manifest) throw noModel(name);
  if (manifest.task !== task) {
    throw new AppError(
      "invalid",
      `${name} is ${manifest.task === "chat" ? "a chat" : "an embedding"} model.`,
      {
        param: "model",
      },
    );
  }
  return {
    name,
    engineModel: name,
    connectionId: null,
    engine: { kind: "server", device: "CPU" },
    isRemote: false,
    price: ownHardware,
    chat: (call, signal) => onnxEngine().chat(call, signal),
    embed: (call, signal) => serverEmbedder(name).embed(call, signal),
  };
}

function remoteRoute(upstream: Upstream, name: string, engineModel: string): Route {
  return {
    name,
    engineModel,
    connectionId: upstream.id,
    // The connection's name instead of its host: members may choose a connection, not see where it leads.
    engine: { kind: "remote", device: upstream.name },
    isRemote: true,
    price: upstream.prices.get(engineModel),
    chat: (call, signal, options) => upstream.engine().chat(call, signal, options),
    embed: (call, signal) => upstream.engine().embed(call, signal),
  };
}

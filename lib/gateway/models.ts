import "server-only";
import { type Context, requirePrivilege } from "@/lib/auth/server";
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
import { ownHardware, type Price } from "./price";
import type { ServedModel } from "./schema";
import { findUpstreams, type Upstream } from "./upstreams";

/** How a call reaches its model. */
export interface Route {
  /** The name under which it is served. */
  name: string;
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

/** Every model that the actor may call. */
export async function findModels(ctx: Context): Promise<ServedModel[]> {
  const [manifests, upstreams] = await Promise.all([serverModels(), findUpstreams()]);
  const remotes = [...upstreams.values()].flatMap((upstream) =>
    [...upstream.models].map((id) => remote(upstream, id)),
  );
  return [...manifests.map(builtIn), ...remotes].filter(({ id }) => mayExecute(ctx, id));
}

/** One model that the actor may call. @throws AppError `not_found`, in the same words whether it is absent or hidden. */
export async function getModel(ctx: Context, name: string): Promise<ServedModel> {
  const model = (await findModels(ctx)).find(({ id }) => id === name);
  if (!model) throw noModel(name);
  return model;
}

function mayExecute(ctx: Context, name: string): boolean {
  try {
    requirePrivilege(ctx, "EXECUTE", { kind: "model", name });
    return true;
  } catch {
    return false;
  }
}

function noModel(name: string): AppError {
  return new AppError("not_found", `The model ${name.slice(0, 200)} does not exist or you may not use it.`, {
    param: "model",
  });
}

/**
 * The one way from a model's name to an engine, for every endpoint alike: a second one that forgets to
 * ask would open every model. @throws AppError `not_found`, `forbidden`, or `invalid` for a model of another task.
 */
export async function resolveModel(ctx: Context, name: string, task: Task): Promise<Route> {
  requirePrivilege(ctx, "EXECUTE", { kind: "model", name });
  const slash = name.indexOf("/");
  const upstream = slash > 0 ? (await findUpstreams()).get(name.slice(0, slash)) : undefined;
  const upstreamModel = name.slice(slash + 1);
  if (upstream?.models.has(upstreamModel)) return remoteRoute(upstream, name, upstreamModel);
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

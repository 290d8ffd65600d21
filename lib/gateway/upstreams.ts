import "server-only";
import { openSecret } from "@/lib/auth/server";
import { safeDispatcher, single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { type OpenAiEngine, openAiEngine } from "@/lib/inference/server";
import type { Price } from "./price";
import { findConnectionRows, type StoredConnection } from "./store";

/** Where a connection's key is sealed for: a row copied elsewhere does not open there. */
export const secretPlace = (id: string) => `connection:${id}:secret`;

/** A connection that calls can use. */
export interface Upstream {
  id: string;
  name: string;
  models: ReadonlySet<string>;
  /** By model id, in US dollars per million tokens. */
  prices: ReadonlyMap<string, Price>;
  createdAt: Date;
  engine(): OpenAiEngine;
}

interface Known {
  byName: Map<string, Upstream>;
  readAt: number;
}

interface UpstreamCache {
  known: Known | undefined;
  loading: Promise<Known> | undefined;
  /** Raised by every change, so that rows read before it are not remembered after it. */
  generation: number;
  /** By id and version: an engine keeps what it has learnt about its upstream. */
  engines: Map<string, OpenAiEngine>;
}

/** With PostgreSQL another process may change a connection; it is seen within this time. */
const sharedMaxAgeMs = 1_000;

const cache = () =>
  single<UpstreamCache>("gateway.upstreams", () => ({
    known: undefined,
    loading: undefined,
    generation: 0,
    engines: new Map(),
  }));

/** Makes the next call read the connections again. */
export function forgetUpstreams(): void {
  const state = cache();
  state.generation += 1;
  state.known = undefined;
  state.loading = undefined;
}

function engineOf(row: StoredConnection): OpenAiEngine {
  const { engines } = cache();
  const key = `${row.id}:${row.version}`;
  const made = engines.get(key);
  if (made) return made;
  for (const old of engines.keys()) if (old.startsWith(`${row.id}:`)) engines.delete(old);
  const engine = openAiEngine({
    baseUrl: row.baseUrl,
    apiKey: row.secret ? openSecret(row.secret, secretPlace(row.id)) : undefined,
    dispatcher: safeDispatcher(),
  });
  engines.set(key, engine);
  return engine;
}

async function load(): Promise<Known> {
  const state = cache();
  const { generation } = state;
  const rows = await findConnectionRows();
  const byName = new Map<string, Upstream>();
  for (const row of rows) {
    const { id, name, createdAt } = row;
    byName.set(name, {
      id,
      name,
      createdAt,
      models: new Set(row.models),
      prices: new Map(Object.entries(row.prices)),
      engine: () => engineOf(row),
    });
  }
  const known = { byName, readAt: performance.now() };
  if (generation === state.generation) state.known = known;
  return known;
}

/** The connections by name, from memory. */
export async function findUpstreams(): Promise<Map<string, Upstream>> {
  const state = cache();
  const { known } = state;
  if (known) {
    const isOwn = (await db()).kind === "pglite";
    if (isOwn || performance.now() - known.readAt < sharedMaxAgeMs) return known.byName;
  }
  state.loading ??= load().finally(() => {
    state.loading = undefined;
  });
  return (await state.loading).byName;
}

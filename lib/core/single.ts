const registry = Symbol.for("tessera.single");

type Registry = Map<string, unknown>;

/**
 * The one instance of `name` in this process. Next bundles its own copy of every module, so module
 * state would exist twice; `globalThis` is shared by all of them.
 */
export function single<T>(name: string, make: () => T): T {
  const holder = globalThis as { [registry]?: Registry };
  holder[registry] ??= new Map();
  const map = holder[registry];
  if (!map.has(name)) map.set(name, make());
  return map.get(name) as T;
}

/** Forgets an instance, so that the next call makes a new one (closing, tests, failed starts). */
export function dropSingle(name: string): void {
  (globalThis as { [registry]?: Registry })[registry]?.delete(name);
}

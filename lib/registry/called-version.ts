import type { RegisteredModel } from "./schema";

type Called = Pick<RegisteredModel, "name" | "versions" | "aliases">;

/**
 * The number of a model's version that calls mean by a name: the one it is served under, the newest of several, or
 * `model@alias` and `model@number`.
 */
export function calledVersion({ name, versions, aliases }: Called, called: string): number | undefined {
  const served = versions.find(({ servedAs }) => servedAs === called);
  if (served) return served.number;
  if (!called.startsWith(`${name}@`)) return undefined;
  const reference = called.slice(name.length + 1);
  return (
    aliases.find(({ alias }) => alias === reference)?.version ??
    versions.find(({ number }) => String(number) === reference)?.number
  );
}

import "server-only";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { single } from "@/lib/core/server";
import type { Deprecation } from "./schema";

/** `model@alias` or `model@number`, as a caller writes it. */
export interface VersionName {
  model: string;
  /** An alias, or a number of a version. */
  reference: string;
}

/** What such a name means at this moment. */
export interface NamedVersion {
  /** The name by which calls reach it. */
  servedAs: string;
  model: string;
  number: number;
}

/** An alias that calls may use as a model's name. */
export interface CallableAlias extends NamedVersion {
  /** `model@alias` */
  id: string;
  /** Since when it points there. */
  movedAt: Date;
  deprecation: Deprecation | null;
}

/** Whoever keeps account of versions. It stands above the gateway and so makes itself known here. */
export interface NamedVersions {
  /** @throws AppError with the reason why the name means nothing that could answer; it never gives another version. */
  resolve(ctx: Context, name: VersionName): Promise<NamedVersion>;
  /** Every alias whose version can be called now. */
  findAliases(ctx: Context): Promise<CallableAlias[]>;
  /** By the name under which it is served, what is or will be deprecated. */
  findDeprecations(): Promise<ReadonlyMap<string, Deprecation>>;
}

const registered = () => single<{ versions?: NamedVersions }>("gateway.named-versions", () => ({}));

/** Makes names of versions callable. */
export function setNamedVersions(versions: NamedVersions): void {
  registered().versions = versions;
}

/** The parts of `model@alias`; undefined for what is no such name. */
export function versionNameOf(name: string): VersionName | undefined {
  const at = name.lastIndexOf("@");
  return at > 0 && at < name.length - 1
    ? { model: name.slice(0, at), reference: name.slice(at + 1) }
    : undefined;
}

/** @throws AppError */
export function resolveVersionName(ctx: Context, name: VersionName): Promise<NamedVersion> {
  const { versions } = registered();
  if (!versions) throw new AppError("unavailable", "The registry has not started yet.", { retryAfter: 1 });
  return versions.resolve(ctx, name);
}

export async function findCallableAliases(ctx: Context): Promise<CallableAlias[]> {
  return (await registered().versions?.findAliases(ctx)) ?? [];
}

export async function findDeprecations(): Promise<ReadonlyMap<string, Deprecation>> {
  return (await registered().versions?.findDeprecations()) ?? new Map();
}

import "server-only";
import { AppError } from "@/lib/core";
import { single } from "@/lib/core/server";

/** An alias that calls of a served name depend on. */
export interface PointingAlias {
  alias: string;
  /** The registered model that has it. */
  model: string;
}

type FindPointing = (name: string) => Promise<PointingAlias[]>;

const asked = () => single<{ find?: FindPointing }>("models.pointing", () => ({}));

/** Asks `find`, in place of any before, which aliases point to a model that is to be deleted. */
export function setPointing(find: FindPointing): void {
  asked().find = find;
}

/** @throws AppError `conflict` naming the aliases that point to a model */
export async function requireUnpointed(name: string): Promise<void> {
  const found = (await asked().find?.(name)) ?? [];
  if (found.length === 0) return;
  const names = found.map(({ alias, model }) => `${alias} of ${model}`).join(", ");
  throw new AppError(
    "conflict",
    found.length === 1
      ? `The alias ${names} points to ${name}. Move or remove it first.`
      : `The aliases ${names} point to ${name}. Move or remove them first.`,
  );
}

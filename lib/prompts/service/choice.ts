import "server-only";
import { AppError, zodDetails } from "@/lib/core";
import { defaultAlias, latest, type VersionChoice, versionChoice } from "../alias";

/** Reads which version is asked for. @throws AppError `invalid`: both, or a name or number that none can have */
export function readChoice(input: unknown): VersionChoice {
  const parsed = versionChoice.safeParse(input);
  if (parsed.success) return parsed.data;
  const details = zodDetails(parsed.error);
  const [first] = details;
  const message = first?.path ? `${first.path}: ${first.message}` : first?.message;
  throw new AppError("invalid", message ?? "Name an alias or a version.", { details });
}

/** Where a choice leads, as of the rows given. */
export interface Standing {
  lastNumber: number;
  aliases: readonly { alias: string; version: number }[];
}

/** The number that a choice means, and the alias by which. @throws AppError `not_found`; it never falls back */
export function chosenNumber(
  fullName: string,
  { lastNumber, aliases }: Standing,
  choice: VersionChoice,
): { number: number; alias: string | null } {
  const { version } = choice;
  if (version !== undefined) {
    if (choice.alias !== undefined) throw new AppError("invalid", "Name an alias or a version, not both.");
    if (version <= lastNumber) return { number: version, alias: null };
    throw new AppError("not_found", `${fullName} has no version ${version}.`);
  }
  const alias = choice.alias ?? defaultAlias;
  const found = alias === latest ? lastNumber : aliases.find((each) => each.alias === alias)?.version;
  if (found) return { number: found, alias };
  throw new AppError("not_found", `${fullName} has no alias ${alias}. Nothing is given in its place.`);
}

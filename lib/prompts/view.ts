import "server-only";
import { authorize, findPrincipals, type Principal } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { latest } from "./alias";
import type { Person, PromptDetail, PromptVersion, VersionSummary } from "./schema";
import { rightOn } from "./service/rights";
import type { PromptRow } from "./store/prompts";
import type { SummaryRow, VersionRow } from "./store/versions";

type Reader = Parameters<typeof findPrincipals>[0];
type Alias = { alias: string; version: number };

/** Looks up names by id; whoever is gone keeps the id as name. */
export async function peopleOf(
  reader: Reader,
  ids: Iterable<string | null>,
): Promise<(id: string) => Person & Pick<Principal, "kind">> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const found = await findPrincipals(reader, wanted);
  return (id) => ({ id, name: found.get(id)?.name ?? id, kind: found.get(id)?.kind ?? "user" });
}
export type People = Awaited<ReturnType<typeof peopleOf>>;

export const toPerson = (people: People, id: string | null): Person | null =>
  id === null ? null : { id, name: people(id).name };

export function toSummary(row: SummaryRow, aliases: readonly Alias[], people: People): VersionSummary {
  const { number, message, baseNumber, hash, createdById, createdAt } = row;
  return {
    number,
    message,
    baseNumber,
    hash,
    createdBy: toPerson(people, createdById),
    createdAt: createdAt.toISOString(),
    aliases: aliases.filter(({ version }) => version === number).map(({ alias }) => alias),
  };
}

export function toVersion(row: VersionRow, aliases: readonly Alias[], people: People): PromptVersion {
  return { ...toSummary(row, aliases, people), content: row.content };
}

/** Every alias of a prompt, and those that are protected before they exist. */
function toRights(ctx: Context, { id, aliases, rules }: PromptRow): PromptDetail["rights"] {
  const names = new Set([...aliases, ...rules].map(({ alias }) => alias).filter((name) => name !== latest));
  return [...names]
    .sort()
    .map((alias) => ({ alias, ...rightOn(ctx, id, rules.find((rule) => rule.alias === alias) ?? null) }));
}

function toRules({ rules }: PromptRow, people: People): PromptDetail["rules"] {
  return rules.map(({ alias, moverIds, approval }) => ({
    alias,
    approval,
    movers: moverIds.map((id) => {
      const { kind, ...person } = people(id);
      return { ...person, kind: kind === "service_principal" ? "service-principal" : kind };
    }),
  }));
}

interface DetailFacts {
  fullName: string;
  row: PromptRow;
  securable: { name: string; comment: string; ownerId: string; revision: number };
  tags: Record<string, string>;
  versions: readonly SummaryRow[];
  draft: { baseNumber: number; updatedAt: Date; revision: number } | null;
  pending: number;
  people: People;
}

export function toDetail(ctx: Context, facts: DetailFacts): PromptDetail {
  const { row, securable, people, draft } = facts;
  const { id, type, aliases } = row;
  const may = (question: Parameters<typeof authorize>[1]) => authorize(ctx.actor, question, { id }).allow;
  return {
    id,
    fullName: facts.fullName,
    name: securable.name,
    type: type === "chat" ? "chat" : "text",
    comment: securable.comment,
    owner: { id: securable.ownerId, name: people(securable.ownerId).name },
    tags: facts.tags,
    revision: securable.revision,
    createdBy: toPerson(people, row.createdById),
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    lastNumber: row.lastNumber,
    versions: facts.versions.map((version) => toSummary(version, aliases, people)),
    aliases: aliases.map(({ alias, version, updatedAt }) => ({
      alias,
      version,
      updatedAt: updatedAt.toISOString(),
    })),
    rules: toRules(row, people),
    rights: toRights(ctx, row),
    draft: draft && { ...draft, updatedAt: draft.updatedAt.toISOString() },
    pending: facts.pending,
    may: {
      execute: may("EXECUTE"),
      modify: may("MODIFY"),
      manage: may("MANAGE"),
      grant: may("GRANT"),
    },
  };
}

/** Everybody whom a prompt's page names. */
export function peopleIn(
  row: PromptRow,
  versions: readonly SummaryRow[],
  ownerId: string,
): Set<string | null> {
  return new Set([
    ownerId,
    row.createdById,
    ...versions.map(({ createdById }) => createdById),
    ...row.rules.flatMap(({ moverIds }) => moverIds),
  ]);
}

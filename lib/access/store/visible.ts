import "server-only";
import type { Tx } from "@/lib/db/server";
import { givers, positionOf } from "../compile";
import { scopeCovers, scopedPrivileges } from "../decide";
import { type Kind, pathKinds, type StoredKind, schemaKinds } from "../kinds";
import { nameKey } from "../names";
import { metastoreId } from "../policy";
import { bitOf, reach } from "../privileges";
import { type Level, type Question, type Rule, ruleFor } from "../rules";

type Reader = Pick<Tx, "$queryRawUnsafe">;

/** For an object, its parent and its grandparent: whether it is owned, and what was granted on it. */
const places = [
  { owned: `o."ownerId" = ANY($1)`, mask: `g."mask"` },
  { owned: `p."owned"`, mask: `p."mask"` },
  { owned: `q."owned"`, mask: `q."mask"` },
] as const;

function grantedSql(kind: Kind, wanted: number, level: Level): string {
  const from = positionOf(kind, level);
  const path = pathKinds(kind);
  const on = path[from];
  if (!on) return "false";
  const parts = path.slice(from).flatMap((at, index) => {
    const mask = givers(reach, wanted, at, on);
    const place = places[from + index];
    return mask && place ? [`(${place.mask} & ${mask}) <> 0`] : [];
  });
  return parts.length > 0 ? `(${parts.join(" OR ")})` : "false";
}

/** A rule as a condition on one row, in three-valued logic: what is unknown is not shown. */
function ruleSql(rule: Rule, kind: Kind): string {
  if ("all" in rule) return `(${rule.all.map((each) => ruleSql(each, kind)).join(" AND ")})`;
  if ("some" in rule) return `(${rule.some.map((each) => ruleSql(each, kind)).join(" OR ")})`;
  switch (rule.is) {
    case "signedIn":
      return "true";
    case "granted":
      return grantedSql(kind, bitOf(rule.privilege), rule.on);
    case "anyGranted":
      return grantedSql(kind, -1, "object");
    case "owner": {
      if (rule.of === "metastore" && kind !== "metastore") return "(SELECT owns FROM me)";
      const place = places[positionOf(kind, rule.of)];
      return place ? `coalesce(${place.owned}, false)` : "false";
    }
  }
}

function questionSql(kind: Kind, question: Question): string {
  const rule = ruleFor(kind, question);
  return rule ? ruleSql(rule, kind) : "false";
}

function conditionFor(kind: Kind, question: Question, scope: number | null): string {
  const own = questionSql(kind, question);
  if (scope === null) return own;
  if (scopeCovers(scope, question)) return own;
  if (question !== "BROWSE") return "false";
  // What a narrowed key may see is what it may use in some way.
  const usable = scopedPrivileges(scope, kind).map((privilege) => questionSql(kind, privilege));
  return usable.length > 0 ? `(${own} AND (${usable.join(" OR ")}))` : "false";
}

const listed: readonly StoredKind[] = ["metastore", "catalog", "schema", "connection", ...schemaKinds];
const texts = new Map<string, string>();

/** The condition over all kinds, made once for each question and scope. */
function conditionSql(question: Question, scope: number | null): string {
  const key = `${question} ${scope}`;
  const known = texts.get(key);
  if (known) return known;
  const byText = new Map<string, string[]>();
  for (const kind of listed) {
    const text = conditionFor(kind, question, scope);
    byText.set(text, [...(byText.get(text) ?? []), `'${kind}'`]);
  }
  const cases = [...byText].map(([text, of]) => `WHEN o."kind" IN (${of.join(", ")}) THEN ${text}`);
  const sql = `(CASE ${cases.join(" ")} ELSE false END)`;
  if (texts.size < 500) texts.set(key, sql);
  return sql;
}

export interface VisibleQuery {
  /** The principal and all its groups; empty for one that is unknown or switched off. */
  closure: readonly string[];
  question: Question;
  scope: { privileges: number | null; securables: readonly string[] | null };
  kinds?: readonly Kind[];
  parentId?: string;
  /** Part of the name; case and form do not count. */
  search?: string;
  /** The last of the page before, in the order of name keys. */
  after?: { nameKey: string; id: string };
  limit: number;
}

export interface VisibleRow {
  id: string;
  nameKey: string;
}

const escaped = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/**
 * The live objects for which the question is answered yes, by name: the database decides by the same
 * formula as `decide`, before it cuts the page. All that callers send is bound as values.
 */
export async function findVisible(reader: Reader, query: VisibleQuery): Promise<VisibleRow[]> {
  const { closure, question, scope, kinds, parentId, search, after, limit } = query;
  // Whoever is unknown or switched off sees nothing, not even what everybody sees.
  if (closure.length === 0) return [];
  const values: unknown[] = [closure];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [
    `o."droppedAt" IS NULL`,
    // What lies in a dropped container is gone with it.
    `(o."parentId" IS NULL OR (p."id" IS NOT NULL AND (p."parentId" IS NULL OR q."id" IS NOT NULL)))`,
    conditionSql(question, scope.privileges),
  ];
  if (kinds) where.push(`o."kind" = ANY(${bind(kinds)})`);
  if (parentId !== undefined) where.push(`o."parentId" = ${bind(parentId)}`);
  if (search) where.push(`o."nameKey" LIKE ${bind(`%${escaped(nameKey(search))}%`)}`);
  if (after) where.push(`(o."nameKey", o."id") > (${bind(after.nameKey)}, ${bind(after.id)})`);
  if (scope.securables) {
    const ids = bind(scope.securables);
    where.push(
      `(o."id" = ANY(${ids}) OR p."id" = ANY(${ids}) OR q."id" = ANY(${ids}) OR '${metastoreId}' = ANY(${ids}))`,
    );
  }
  const sql = `
    WITH mine AS MATERIALIZED (
      SELECT "securableId", bit_or("bit") AS "mask" FROM "Grant" WHERE "principalId" = ANY($1) GROUP BY 1
    ), up AS MATERIALIZED (
      SELECT c."id", c."parentId", c."ownerId" = ANY($1) AS "owned", m."mask"
      FROM "Securable" c LEFT JOIN mine m ON m."securableId" = c."id"
      WHERE c."kind" IN ('metastore', 'catalog', 'schema') AND c."droppedAt" IS NULL
    ), me AS MATERIALIZED (
      SELECT coalesce((SELECT "owned" FROM up WHERE "id" = '${metastoreId}'), false) AS owns
    )
    SELECT o."id", o."nameKey"
    FROM "Securable" o
    LEFT JOIN up p ON p."id" = o."parentId"
    LEFT JOIN up q ON q."id" = p."parentId"
    LEFT JOIN mine g ON g."securableId" = o."id"
    WHERE ${where.map((each) => `coalesce(${each}, false)`).join(" AND ")}
    ORDER BY o."nameKey", o."id"
    LIMIT ${bind(limit)}`;
  return reader.$queryRawUnsafe<VisibleRow[]>(sql, ...values);
}

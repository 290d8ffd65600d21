import "server-only";
import type { Tx } from "@/lib/db/server";
import { administrators, allUsers } from "../policy";

type Reader = Pick<Tx, "user" | "group" | "groupMember" | "$queryRaw">;

/** Whoever can hold a right, as pages and answers name them. */
export interface Principal {
  id: string;
  kind: "user" | "group" | "service_principal";
  name: string;
  /** E-mail address, application id, or a group's name: how the REST interface names it. */
  handle: string;
  isActive: boolean;
}

const builtIn: readonly Principal[] = [
  { id: allUsers, kind: "group", name: allUsers, handle: allUsers, isActive: true },
  { id: administrators, kind: "group", name: administrators, handle: administrators, isActive: true },
];

interface UserRow {
  id: string;
  kind: string;
  name: string;
  email: string;
  disabledAt: Date | null;
}

const fromUser = ({ id, kind, name, email, disabledAt }: UserRow): Principal => ({
  id,
  kind: kind === "service" ? "service_principal" : "user",
  name,
  handle: email,
  isActive: disabledAt === null,
});

const fromGroup = ({ id, name }: { id: string; name: string }): Principal => ({
  id,
  kind: "group",
  name,
  handle: name,
  isActive: true,
});

const userFacts = { id: true, kind: true, name: true, email: true, disabledAt: true } as const;

/** The principals of these ids; those that are gone are left out. */
export async function findPrincipals(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Principal>> {
  const wanted = [...new Set(ids)];
  const [users, groups] = await Promise.all([
    reader.user.findMany({ select: userFacts, where: { id: { in: wanted } } }),
    reader.group.findMany({ select: { id: true, name: true }, where: { id: { in: wanted } } }),
  ]);
  const all = [
    ...builtIn.filter(({ id }) => wanted.includes(id)),
    ...users.map(fromUser),
    ...groups.map(fromGroup),
  ];
  return new Map(all.map((principal) => [principal.id, principal]));
}

/** The principal of an id, e-mail address, application id or group name; null for nobody. */
export async function findPrincipal(reader: Reader, text: string): Promise<Principal | null> {
  const known = builtIn.find(({ handle }) => handle === text);
  if (known) return known;
  const user = await reader.user.findFirst({
    select: userFacts,
    where: { OR: [{ id: text }, { email: text.normalize("NFKC").trim().toLowerCase() }] },
  });
  if (user) return fromUser(user);
  const group = await reader.group.findFirst({
    select: { id: true, name: true },
    where: { OR: [{ id: text }, { name: text }] },
  });
  return group ? fromGroup(group) : null;
}

/** Principals whose name or address holds the text, by name; built-in groups first. */
export async function searchPrincipals(reader: Reader, text: string, limit: number): Promise<Principal[]> {
  const contains = { contains: text, mode: "insensitive" } as const;
  const [users, groups] = await Promise.all([
    reader.user.findMany({
      select: userFacts,
      where: { disabledAt: null, OR: [{ name: contains }, { email: contains }] },
      orderBy: { name: "asc" },
      take: limit,
    }),
    reader.group.findMany({
      select: { id: true, name: true },
      where: { name: contains },
      orderBy: { name: "asc" },
      take: limit,
    }),
  ]);
  const lower = text.toLowerCase();
  return [
    ...builtIn.filter(({ name }) => name.includes(lower)),
    ...[...groups.map(fromGroup), ...users.map(fromUser)].sort((a, b) => a.name.localeCompare(b.name, "en")),
  ].slice(0, limit);
}

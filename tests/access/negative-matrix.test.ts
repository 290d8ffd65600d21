import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/core";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { type RouteEntry, type RouteSecurable, routeManifest } from "@/lib/route-manifest";
import { type Credential, type MatrixWorld, matrixWorld, nameCanary, privateCanary } from "./matrix-world";
import { type RouteInput, routeInputs } from "./route-inputs";

type Handler = (request: Request, segment: { params: Promise<object> }) => Promise<Response>;

const guarded = routeManifest.filter(({ privilege }) => privilege !== "public");
const nameOf = ({ method, path }: RouteEntry) => `${method} ${path}`;

let world: MatrixWorld;
let inputs: Record<string, RouteInput>;
const handlers = new Map<string, Handler>();
beforeAll(async () => {
  for (const { path } of guarded.filter((route) => !route.path.startsWith("/v1/"))) {
    const loaded: Record<string, Handler> = await import(join(process.cwd(), "app", path, "route.ts"));
    for (const [method, handler] of Object.entries(loaded)) handlers.set(`${method} ${path}`, handler);
  }
  world = await matrixWorld();
  inputs = routeInputs(world);
});
afterAll(() => world.v1.close());

/** The names in brackets, filled from left to right; the last of a `[...path]` takes the rest. */
function fill(path: string, values: readonly string[]): { url: string; params: object } {
  const params: Record<string, string | string[]> = {};
  let next = 0;
  const url = path.replaceAll(/\[(\.\.\.)?(\w+)\]/g, (_, rest: string | undefined, name: string) => {
    if (rest) {
      params[name] = values.slice(next);
      return values.slice(next).join("/");
    }
    const value = values[next++];
    if (value === undefined) throw new Error(`No value for ${name} in ${path}`);
    params[name] = value;
    return encodeURIComponent(value);
  });
  return { url, params };
}

interface Answer {
  route: RouteEntry;
  credential: Credential;
  requestId: string;
  status: number;
  headers: string;
  text: string;
}

async function send(route: RouteEntry, credential: Credential, input: RouteInput): Promise<Answer> {
  const { method, path } = route;
  const { url, params } = fill(path, input.params ?? []);
  const query = input.query ? `?${new URLSearchParams(input.query)}` : "";
  const requestId = newId("req");
  const headers = { ...credential.headers, "x-request-id": requestId, "x-tessera-remote": "127.0.0.1" };
  const init: RequestInit = {
    method,
    headers: input.body === undefined ? headers : { ...headers, "content-type": "application/json" },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  };
  const handler = handlers.get(nameOf(route));
  const response = path.startsWith("/v1/")
    ? await fetch(`${world.v1.url}${url}${query}`, init)
    : await (handler ?? expect.fail(`No handler for ${nameOf(route)}`))(
        new Request(`http://127.0.0.1:3000${url}${query}`, init),
        { params: Promise.resolve(params) },
      );
  // What the caller sent is no news to them.
  const sent = [...(input.params ?? []), ...Object.values(input.query ?? {}), world.called].filter(
    (each) => each.length > 3,
  );
  let text = await response.text();
  for (const each of sent) text = text.replaceAll(each, "…");
  return {
    route,
    credential,
    requestId,
    status: response.status,
    headers: JSON.stringify([...response.headers]),
    text,
  };
}

const inputOf = (route: RouteEntry): RouteInput => inputs[nameOf(route)] ?? {};

/** A few at a time; rows about nobody are limited by the second, which is another test's matter. */
async function sendAll<T>(items: readonly T[], one: (item: T) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < items.length; at += 20) {
    dropSingle("auth.refusalBudget");
    answers.push(...(await Promise.all(items.slice(at, at + 20).map(one))));
  }
  return answers;
}

/** Audit rows about a request, by its id. */
async function rowsOf(answers: readonly Answer[]): Promise<Map<string, string[]>> {
  const rows = await (await db()).prisma.auditEvent.findMany({
    where: { requestId: { in: answers.map(({ requestId }) => requestId) } },
    select: { requestId: true, actionName: true, statusCode: true },
  });
  const found = new Map<string, string[]>();
  for (const { requestId, actionName, statusCode } of rows) {
    found.set(requestId, [...(found.get(requestId) ?? []), `${actionName} ${statusCode}`]);
  }
  return found;
}

const signedOut: readonly Credential["who"][] = ["nobody", "deactivated", "expired", "revoked"];
/** What is known to exist to whoever is signed in. */
const known: readonly RouteSecurable[] = ["metastore", "accounts"];
const readable: readonly RouteSecurable[] = [
  "metastore",
  "object",
  "registered-model",
  "model",
  "connection",
  "prompt",
  "snapshot",
];
const seen: Record<string, readonly RouteSecurable[]> = {
  "no grants": ["metastore", "snapshot"],
  "read-only": readable,
  "other schema": ["metastore", "snapshot"],
  narrow: [],
};

/** What a narrowed key is kept from before anything is looked up: the workbench as a whole, its owner's own things. */
const behindAll: readonly RouteSecurable[] = ["vote", "access-request"];
const gated = [
  "POST /api/playground/votes",
  "GET /api/models/registry/model",
  "GET /api/models/registry/resolve",
];

/** What security demands of one answer: a status, or `allowed` where the table says that this principal may. */
function expected(route: RouteEntry, { who, by }: Credential): number | "allowed" {
  if (signedOut.includes(who)) return 401;
  if (route.privilege === "signed-in" || route.privilege === "public") return "allowed";
  const sees = seen[who] ?? [];
  if (route.privilege === "own") {
    if (who === "narrow") return 403;
    // A key changes neither keys nor sessions.
    const isAccount = route.securable === "key" || route.securable === "session";
    return isAccount && by === "bearer" && route.method !== "GET" ? 403 : "allowed";
  }
  if (who === "narrow" && (behindAll.includes(route.securable) || gated.includes(nameOf(route)))) return 403;
  if ("each" in route && route.each) {
    return who === "narrow" && route.securable === "registered-model" ? 403 : "allowed";
  }
  if (route.privilege === "BROWSE" && sees.includes(route.securable)) return "allowed";
  return sees.includes(route.securable) || known.includes(route.securable) ? 403 : 404;
}

/** Routes whose refusal is 404 although the object may be seen: there is nothing to bring back. */
const absentForAll = ["POST /api/catalog/objects/[id]/restore"];

const short = ({ route, credential, status }: Answer) =>
  `${nameOf(route)} as ${credential.who} by ${credential.by}: ${status}`;

describe("every route, for everybody who may not", () => {
  it.each([...signedOut, "no grants", "read-only", "other schema", "narrow"] as const)("%s", async (who) => {
    const items = world.credentials
      .filter((credential) => credential.who === who)
      .flatMap((credential) => guarded.map((route) => ({ route, credential })));
    expect(items.length).toBeGreaterThan(100);
    const answers = await sendAll(items, ({ route, credential }) => send(route, credential, inputOf(route)));
    const rows = await rowsOf(answers);
    const faults = answers.flatMap((answer) => {
      const { route, credential, status, text, headers, requestId } = answer;
      const want = absentForAll.includes(nameOf(route)) && status === 404 ? 404 : expected(route, credential);
      const found: string[] = [];
      if (want === "allowed") {
        if ([401, 403, 404].includes(status) || status >= 500)
          found.push(`${short(answer)}, though it is allowed: ${text.slice(0, 200)}`);
      } else {
        if (status !== want) found.push(`${short(answer)}, not ${want}: ${text.slice(0, 200)}`);
        const audited = rows.get(requestId) ?? [];
        if (audited.length !== 1 || audited[0] !== `refused ${status}`) {
          found.push(`${short(answer)} has the audit rows [${audited.join(", ")}]`);
        }
      }
      const everything = text + headers;
      if (everything.includes(privateCanary))
        found.push(`${short(answer)} shows what is private: ${text.slice(0, 300)}`);
      if (who !== "read-only" && everything.includes(nameCanary)) {
        found.push(`${short(answer)} shows a name: ${text.slice(0, 300)}`);
      }
      return found;
    });
    expect(faults).toEqual([]);
  });
});

describe("an object that may not be seen", () => {
  it("is answered as one that does not exist, on every route", async () => {
    const credentials = world.credentials.filter(({ who }) => who === "no grants" || who === "narrow");
    const pairs = credentials.flatMap((credential) =>
      guarded
        .filter((route) => inputOf(route).absent && expected(route, credential) === 404)
        .map((route) => ({ route, credential })),
    );
    expect(pairs.length).toBeGreaterThan(120);
    const hidden = await sendAll(pairs, ({ route, credential }) => send(route, credential, inputOf(route)));
    const absent = await sendAll(pairs, ({ route, credential }) =>
      send(route, credential, inputOf(route).absent ?? {}),
    );
    const shape = ({ status, text, headers, requestId }: Answer) =>
      [status, text, headers]
        .join("\n")
        .replaceAll(requestId, "id")
        .replaceAll("none_kestrel", "…")
        .replaceAll(/\["(?:content-length|date)","[^"]*"\]/g, "");
    const told = pairs.flatMap((_, at) => {
      const [one, other] = [hidden[at], absent[at]];
      return one && other && shape(one) === shape(other)
        ? []
        : [`${one && short(one)}: ${one?.text} | ${other?.text}`];
    });
    expect(told).toEqual([]);
  });
});

describe("the fixture", () => {
  it("is complete: every route with parameters has values for them, and no input is left over", () => {
    const names = guarded.map(nameOf);
    expect(Object.keys(inputs).filter((name) => !names.includes(name))).toEqual([]);
    const bare = guarded.filter((route) => route.path.includes("[") && !inputs[nameOf(route)]?.params);
    expect(bare.map(nameOf)).toEqual([]);
  });
});

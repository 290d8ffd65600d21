import { beforeEach, describe, expect, it } from "vitest";
import { PUT as DECIDE } from "@/app/api/catalog/requests/[id]/decision/route";
import { POST as REQUEST } from "@/app/api/catalog/requests/route";
import type { Privilege } from "@/lib/access";
import { authorize, mainCatalogId } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import {
  createRequest,
  decideAccess,
  findRequests,
  previewDecision,
  seeDecisions,
  withdrawRequest,
} from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import { apiRequest } from "../support/context";
import { freshCatalog, grant, make, person, switchOff } from "./rights";

let admin: Context;
let noor: Context;
let support: string;
let tickets: string;

beforeEach(async () => {
  admin = await freshCatalog();
  noor = await person("Noor");
  support = await make("schema", mainCatalogId, "support");
  tickets = await make("table", support, "tickets");
});

const ask = (ctx: Context, name = "main.support.tickets", privileges: Privilege[] = ["SELECT"]) =>
  createRequest(ctx, { name, kind: "table", privileges, comment: "For the weekly report" });
const grantIt = { decision: "grant", comment: "Until May.", withPreconditions: true } as const;
const story = async () =>
  (
    await (
      await db()
    ).prisma.auditEvent.findMany({ where: { serviceName: "unityCatalog" }, orderBy: { seq: "asc" } })
  ).map(({ actionName, securableName, userIdentity }) => `${userIdentity} ${actionName} ${securableName}`);

describe("asking", () => {
  it("is answered the same for a hidden object and for none: body, status and the audit row", async () => {
    const send = async (name: string) => {
      const body = { name, kind: "table", privileges: ["SELECT"], comment: "why" };
      const response = await REQUEST(await apiRequest("/api/catalog/requests", { as: noor, body }));
      const { id, createdAt, ...rest } = (await response.json()) as Record<string, unknown>;
      expect([typeof id, typeof createdAt]).toEqual(["string", "string"]);
      return { status: response.status, rest: { ...rest, name: "" } };
    };
    const hidden = await send("main.support.tickets");
    expect(hidden.status).toBe(202);
    expect(await send("main.support.nothing")).toEqual(hidden);
    const rows = await (await db()).prisma.auditEvent.findMany({ where: { actionName: "requestAccess" } });
    expect(rows.map(({ securableId }) => securableId)).toEqual([null, null]);
    expect((await findRequests(noor)).own.map(({ object }) => object)).toEqual([null, null]);
    expect((await findRequests(admin)).inbox.map(({ name }) => name)).toEqual(["main.support.tickets"]);
  });

  it("refuses privileges that the kind does not have, whether the object exists or not", async () => {
    for (const name of ["main.support.tickets", "no.such.thing"]) {
      await expect(ask(noor, name, ["EXECUTE"])).rejects.toMatchObject({ code: "unprocessable" });
    }
  });

  it("is limited in number", async () => {
    for (let n = 0; n < 50; n += 1) await ask(noor, `a.b.c${n}`);
    await expect(ask(noor)).rejects.toMatchObject({ code: "rate_limited" });
  });
});

describe("deciding", () => {
  it("gives what was asked with what is missing above it, tells both and is told in the audit", async () => {
    const { id } = await ask(noor);
    expect((await findRequests(admin)).waiting).toBe(1);
    const preview = await previewDecision(admin, id);
    expect(preview.also).toMatchObject([{ privilege: "USE SCHEMA", on: { fullName: "main.support" } }]);
    expect(preview.alone.stillLacking).toHaveLength(1);
    expect(preview.together).toMatchObject({ stillLacking: [], gains: [{ person: { name: "Noor" } }] });
    await decideAccess(admin, id, grantIt);
    expect(authorize(noor.actor, "SELECT", { id: tickets }).allow).toBe(true);
    expect((await findRequests(admin)).waiting).toBe(0);
    const lists = await findRequests(noor);
    expect(lists).toMatchObject({
      waiting: 1,
      own: [
        {
          state: "granted",
          decision: "Until May.",
          decidedBy: { name: "Mira" },
          isNew: true,
          object: { id: tickets },
        },
      ],
    });
    await seeDecisions(noor);
    expect((await findRequests(noor)).waiting).toBe(0);
    expect(await story()).toEqual([
      "noor@desk.example requestAccess main.support.tickets",
      "mira@desk.example updatePermissions main.support.tickets",
      "mira@desk.example updatePermissions main.support",
      "mira@desk.example grantRequest main.support.tickets",
    ]);
  });

  it("gives the right alone where that is chosen", async () => {
    const { id } = await ask(noor);
    await decideAccess(admin, id, { ...grantIt, withPreconditions: false });
    expect(authorize(noor.actor, "SELECT", { id: tickets }).allow).toBe(false);
  });

  it("denies without changing a right", async () => {
    const { id } = await ask(noor);
    await decideAccess(admin, id, { ...grantIt, decision: "deny" });
    expect(authorize(noor.actor, "BROWSE", { id: tickets }).allow).toBe(false);
    expect((await findRequests(noor)).own).toMatchObject([{ state: "denied", object: null }]);
    expect((await story()).at(-1)).toBe("mira@desk.example denyRequest main.support.tickets");
  });

  it("happens once: the second is answered 409", async () => {
    const { id } = await ask(noor);
    await decideAccess(admin, id, { ...grantIt, decision: "deny" });
    const again = await DECIDE(
      await apiRequest(`/api/catalog/requests/${id}/decision`, {
        as: admin,
        method: "PUT",
        body: { decision: "grant" },
      }),
      { params: Promise.resolve({ id }) },
    );
    expect(again.status).toBe(409);
    expect(authorize(noor.actor, "SELECT", { id: tickets }).allow).toBe(false);
  });

  it("is not for the requester, nor for who may not grant, who learns nothing of it", async () => {
    const { id } = await ask(admin);
    await expect(decideAccess(admin, id, grantIt)).rejects.toMatchObject({ code: "forbidden" });
    expect(await findRequests(admin)).toMatchObject({ inbox: [], waiting: 0 });
    await expect(decideAccess(noor, id, grantIt)).rejects.toMatchObject({ code: "not_found" });
    await expect(previewDecision(noor, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is no way round what EXTERNAL USE SCHEMA needs", async () => {
    const lea = await person("Lea");
    const lake = await make("schema", mainCatalogId, "lake", lea.actor.userId);
    const { id } = await createRequest(noor, {
      name: "main.lake",
      kind: "schema",
      privileges: ["EXTERNAL USE SCHEMA"],
      comment: "",
    });
    expect((await findRequests(lea)).inbox).toHaveLength(1);
    await expect(decideAccess(lea, id, grantIt)).rejects.toMatchObject({ code: "forbidden" });
    const rows = await (await db()).prisma.grant.findMany({ where: { securableId: lake } });
    expect(rows).toEqual([]);
    await decideAccess(lea, id, { ...grantIt, decision: "deny" });
  });

  it("gives nothing to an account that is switched off", async () => {
    const { id } = await ask(noor);
    await switchOff(noor.actor.userId);
    await expect(decideAccess(admin, id, grantIt)).rejects.toMatchObject({ code: "conflict" });
    await decideAccess(admin, id, { ...grantIt, decision: "deny" });
  });

  it("gives only those preconditions that the decider may grant", async () => {
    const lea = await person("Lea");
    await grant(lea.actor.userId, ["USE SCHEMA"], support);
    await grant(lea.actor.userId, ["MANAGE"], tickets);
    const { id } = await ask(noor);
    expect((await previewDecision(lea, id)).also).toEqual([]);
    await decideAccess(lea, id, grantIt);
    expect(authorize(noor.actor, "SELECT", { id: tickets }).allow).toBe(false);
  });
});

describe("taking back", () => {
  it("is for the requester and for what is open", async () => {
    const { id } = await ask(noor);
    await expect(withdrawRequest(admin, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await withdrawRequest(noor, id)).own).toMatchObject([{ state: "withdrawn", isNew: false }]);
    expect((await findRequests(admin)).inbox).toEqual([]);
    await expect(withdrawRequest(noor, id)).rejects.toMatchObject({ code: "conflict" });
    await expect(decideAccess(admin, id, grantIt)).rejects.toMatchObject({ code: "conflict" });
  });
});

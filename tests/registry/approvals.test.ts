import { beforeEach, describe, expect, it } from "vitest";
import { addMembers, type Context, createGroup } from "@/lib/auth/server";
import { getObject, transferOwner } from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import type { RegisteredModel } from "@/lib/registry";
import {
  acceptLicense,
  decide,
  findModels,
  getModelByName,
  requestApproval,
  startRegistry,
  updateModel,
} from "@/lib/registry/server";
import { anotherContext, grantTo } from "../support/context";
import { freshRegistry, serve, versioned } from "./support";

let admin: Context;
let dataDir: string;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
});

const names = async (filter = {}) => (await findModels(admin, filter)).models.map(({ name }) => name);

describe("an approval", () => {
  let desk: RegisteredModel;
  beforeEach(async () => {
    desk = await versioned(admin, dataDir, 2);
  });
  const ask = (as: Context) => requestApproval(as, desk.id, 1, { comment: "It holds on 300 tickets." });
  const answer = (as: Context, state: "approved" | "rejected" | "withdrawn", comment = "") =>
    decide(as, desk.id, 1, { state, comment });

  it("is asked for by anybody and decided by an administrator or the owner, with a comment", async () => {
    const member = await anotherContext({ name: "Noor" });
    await ask(member);
    expect(await names({ state: "pending" })).toEqual(["desk"]);
    await expect(ask(admin)).rejects.toMatchObject({ code: "conflict" });
    await expect(answer(member, "approved")).rejects.toMatchObject({ code: "forbidden" });
    await expect(answer(admin, "withdrawn")).rejects.toMatchObject({ code: "forbidden" });
    const { versions } = await answer(admin, "rejected", "Try the other passages.");
    expect(versions.at(-1)?.approvals).toEqual([
      expect.objectContaining({
        state: "rejected",
        comment: "It holds on 300 tickets.",
        decision: "Try the other passages.",
        requestedBy: { id: member.actor.userId, name: "Noor" },
        decidedBy: expect.objectContaining({ id: admin.actor.userId }),
      }),
    ]);
    await expect(answer(admin, "approved")).rejects.toMatchObject({ code: "conflict" });
    await ask(member);
    await answer(admin, "approved");
    await expect(ask(member)).rejects.toMatchObject({ code: "conflict" });
  });

  it("of one's own request is somebody else's to give, unless nobody else can", async () => {
    await ask(admin);
    const second = await anotherContext({ role: "admin" });
    await expect(answer(admin, "approved")).rejects.toMatchObject({ code: "forbidden" });
    await (await db()).prisma.user.update({
      where: { id: second.actor.userId },
      data: { disabledAt: new Date() },
    });
    await answer(admin, "approved");
    const row = await (await db()).prisma.auditEvent.findFirst({ where: { actionName: "decideApproval" } });
    expect(row?.requestParams).toMatchObject({ state: "approved", ownRequest: true });
  });

  it("is somebody else's to give, too, who manages the model by a grant or in the group that owns it", async () => {
    await startRegistry();
    const granted = await anotherContext();
    await ask(admin);
    await grantTo(granted.actor.userId, desk.id, "MANAGE");
    await expect(answer(admin, "approved")).rejects.toMatchObject({
      code: "forbidden",
      message: "You asked for this approval; somebody else who may manage the model decides it.",
    });
    expect((await answer(granted, "approved")).versions.at(-1)?.approvals[0]?.state).toBe("approved");
    await db().then(({ prisma }) =>
      prisma.user.update({
        where: { id: granted.actor.userId },
        data: { disabledAt: new Date() },
      }),
    );
    await requestApproval(admin, desk.id, 2, { comment: "" });
    const leads = await createGroup(admin, { name: "leads", description: "", externalName: null });
    const { revision } = await getObject(admin, desk.id);
    await transferOwner(admin, desk.id, { principalId: leads.id, revision });
    expect(await getModelByName(admin, "desk")).toMatchObject({ owner: { id: leads.id, name: "leads" } });
    const { models } = await findModels(admin, { q: "desk leads" });
    expect(models.map(({ name, owner }) => [name, owner?.name])).toEqual([["desk", "leads"]]);
    const member = await anotherContext();
    await addMembers(admin, leads.id, { ids: [member.actor.userId] });
    const second = (as: Context) => decide(as, desk.id, 2, { state: "approved", comment: "" });
    await expect(second(admin)).rejects.toMatchObject({ code: "forbidden" });
    await second(member);
  });

  it("of the owner's request is not the owner's, as long as an administrator can decide", async () => {
    const owner = await anotherContext();
    await updateModel(admin, desk.id, { revision: desk.revision, ownerId: owner.actor.userId });
    await ask(owner);
    await expect(answer(owner, "approved")).rejects.toMatchObject({ code: "forbidden" });
    await answer(owner, "withdrawn");
    await ask(admin);
    await expect(answer(admin, "approved")).rejects.toMatchObject({ code: "forbidden" });
    expect((await answer(owner, "approved")).versions.at(-1)?.approvals[0]?.state).toBe("approved");
  });

  it("waits for a licence that somebody has to accept", async () => {
    serve(dataDir, "terms", { license: "Gemma Terms of Use" });
    const { id } = await getModelByName(admin, "terms");
    await requestApproval(admin, id, 1, { comment: "" });
    await expect(decide(admin, id, 1, { state: "approved", comment: "" })).rejects.toMatchObject({
      code: "conflict",
      message: "The licence of v1 (Gemma Terms of Use) is not accepted yet.",
    });
    const { versions } = await acceptLicense(admin, id, 1);
    expect(versions[0]).toMatchObject({
      isLicenseOpen: false,
      licenseAccepted: { by: { id: admin.actor.userId }, at: expect.any(String) },
    });
    await expect(acceptLicense(admin, id, 1)).rejects.toMatchObject({ code: "conflict" });
    await decide(admin, id, 1, { state: "approved", comment: "" });
  });
});

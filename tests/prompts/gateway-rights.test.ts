import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { changeGrants } from "@/lib/catalog/server";
import type { PromptDetail } from "@/lib/prompts";
import { revoking } from "../catalog/support";
import { type Harness, refusalOf, startHarness } from "../gateway/harness";
import { says, scenarios } from "../support/upstream";
import { type Caller, freshCaller, name, variables } from "./caller";
import { allow, make, text } from "./library";
import { move } from "./versioned";

let gateway: Harness;
let person: Context;
let prompt: PromptDetail;
let post: Caller["post"];
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  ({ person, prompt, post } = await freshCaller(gateway));
});

describe("a call from a prompt is refused", () => {
  it.each<[string, object, number, string | null, RegExp]>([
    ["without a value, naming all", { prompt: { name } }, 400, "prompt", /language.*ticket/],
    [
      "for an alias that is not there",
      { prompt: { name, alias: "none", variables } },
      404,
      "prompt",
      /no alias none/,
    ],
    [
      "for a version that is not there",
      { prompt: { name, version: 9, variables } },
      404,
      "prompt",
      /no version 9/,
    ],
    ["for alias and version", { prompt: { name, alias: "latest", version: 1 } }, 400, "prompt", /not both/],
    [
      "for a prompt that is not there",
      { prompt: { name: "main.default.none" } },
      404,
      "prompt",
      /no such prompt/,
    ],
    ["for a name that is none", { prompt: { name: "triage" } }, 400, "prompt.name", /catalog\.schema\.name/],
    ["for an unknown part of it", { prompt: { name, label: "x" } }, 400, "prompt", /label/],
    ["for a list", { prompt: [name] }, 400, "prompt", /./],
    [
      "without model where it has none",
      { prompt: { name: "main.default.open", version: 1 } },
      400,
      "model",
      /missing/,
    ],
    ["without messages where nothing is asked", { model: "up/chat" }, 400, "messages", /missing/],
    ["without model and prompt", { messages: [] }, 400, "model", /missing/],
    ["without any message", { model: "up/chat", messages: [] }, 400, "messages", /needs one/],
  ])("%s", async (_, body, status, param, message) => {
    await make(gateway.admin, "open", text("Hello."));
    expect(await refusalOf(await post(body))).toMatchObject({
      status,
      param,
      message: expect.stringMatching(message),
    });
    expect(gateway.upstream.calls).toHaveLength(0);
    expect(await gateway.rows()).toHaveLength(0);
  });

  it("without EXECUTE on the prompt, and without EXECUTE on the model", async () => {
    const admin = gateway.admin;
    await changeGrants(admin, revoking(prompt.id, person.actor.userId, "EXECUTE"));
    await changeGrants(admin, revoking("sch_default", "all_users", "EXECUTE"));
    expect(await refusalOf(await post({ prompt: { name, variables } }))).toMatchObject({
      status: 404,
      param: "prompt",
    });
    await allow(person, prompt, "EXECUTE");
    expect(await refusalOf(await post({ prompt: { name, variables } }))).toMatchObject({
      status: 404,
      param: "model",
    });
    expect(gateway.upstream.calls).toHaveLength(0);
  });
});

/** A stream that has begun to answer; resolves with its last event once it ends. */
async function begin(body: object): Promise<() => Promise<unknown>> {
  gateway.upstream.use(scenarios.stalls);
  const response = await post({ stream: true, ...body });
  const reader = response.body?.getReader();
  if (!reader) throw new Error("no body");
  let answer = "";
  const decoder = new TextDecoder();
  const read = async () => {
    const { done, value } = await reader.read();
    answer += decoder.decode(value, { stream: true });
    return !done;
  };
  while (!answer.includes('"two"')) if (!(await read())) throw new Error(`ended early: ${answer}`);
  return async () => {
    while (await read());
    return JSON.parse((answer.trimEnd().split("\n\n").at(-1) ?? "").replace(/^data: /, ""));
  };
}

// A machine that is busy with other tests may be late once; each try begins anew.
describe("a stream", { retry: 2 }, () => {
  const revoked = {
    error: { code: "forbidden", message: expect.stringMatching(/^Permission revoked/) },
  };

  it("ends within a second when EXECUTE on its prompt is taken back", async () => {
    const rest = await begin({ prompt: { name, variables } });
    const started = performance.now();
    await changeGrants(gateway.admin, revoking(prompt.id, person.actor.userId, "EXECUTE"));
    expect(await rest()).toMatchObject(revoked);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await gateway.rows()).toMatchObject([
      { outcome: "error", statusCode: 403, errorCode: "forbidden", promptVersion: 1 },
    ]);
  });

  it("ends as well when EXECUTE on what stands in its prompt is taken back", async () => {
    const inner = await make(gateway.admin, "manners", "Be kind.", { schema: "main.desk" });
    const outer = await make(gateway.admin, "outer", `{{> ${inner.fullName}@1}} Hello.`, {
      schema: "main.desk",
    });
    for (const each of [inner, outer]) await allow(person, each, "EXECUTE");
    const rest = await begin({ model: "up/chat", prompt: { name: outer.fullName, version: 1 } });
    await changeGrants(gateway.admin, revoking(inner.id, person.actor.userId, "EXECUTE"));
    expect(await rest()).toMatchObject(revoked);
  });

  it("goes on when its alias moves", async () => {
    gateway.upstream.use(says(["one ", "two", "three"], { everyMs: 200 }));
    const response = await post({ stream: true, prompt: { name, variables } });
    await move(gateway.admin, name, "production", 2, 1);
    expect(await response.text()).toContain("[DONE]");
    expect(await gateway.rows()).toMatchObject([{ outcome: "ok", promptVersion: 1 }]);
  });
});

// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { PlaygroundPage } from "@/components/playground/playground-page";
import { type PromptDetail, promptContent, promptDetail } from "@/lib/prompts";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { completion, refusal, serve } from "./api";
import { fetched, name, triage } from "./library";
import "../support/patience";

standInForBrowser();

const click = (element: Element) => act(async () => void fireEvent.click(element));
const type = async (label: string | RegExp, value: string) => {
  const field = await screen.findByLabelText(label);
  await act(async () => void fireEvent.change(field, { target: { value } }));
};
const column = (letter: string) =>
  within(screen.getByRole("region", { name: new RegExp(`^Column ${letter}`) }));

class NoWorker {
  addEventListener() {}
  postMessage() {}
  terminate() {}
}

let person = 0;
function open(address: string, owner = `usr_l${++person}`): string {
  const url = new URL(address, window.location.href);
  window.history.replaceState(null, "", address);
  show(<PlaygroundPage owner={owner} fresh />, { path: url.pathname, search: url.search });
  return owner;
}

const at = "2026-11-21T09:11:00.000Z";
const saved = { id: "pg_1", title: "x", version: 1, createdAt: at, updatedAt: at };
const somebody = { id: "usr_1", name: "Noor" };
const version = (number: number) => ({
  number,
  message: `Change ${number}`,
  baseNumber: null,
  hash: "h",
  createdBy: somebody,
  createdAt: at,
  aliases: [],
});
const detail: PromptDetail = promptDetail.parse({
  id: "pmt_1",
  fullName: name,
  name: "triage",
  type: "chat",
  comment: "",
  owner: somebody,
  tags: {},
  revision: 1,
  createdBy: somebody,
  createdAt: at,
  changedAt: at,
  lastNumber: 5,
  versions: [version(5), version(4), version(3)],
  aliases: [{ alias: "production", version: 3, updatedAt: at }],
  rules: [],
  rights: [],
  draft: null,
  pending: 0,
  may: { execute: true, modify: true, manage: false, grant: false },
});
const five = { ...triage, messages: [{ role: "user" as const, text: "Rank {{ticket}}" }] };

/** The library's door, by what the address asks for; and every body that was sent to a path. */
function serveLibrary(more: Parameters<typeof serve>[0] = {}) {
  const bodies: Record<string, unknown[]> = {};
  const kept = (path: string, answer: () => Response) => (body: unknown) => {
    bodies[path] = [...(bodies[path] ?? []), body];
    return answer();
  };
  serve({
    "POST /v1/chat/completions": kept("chat", () => completion("urgent")),
    "POST /api/playground": () => Response.json(saved, { status: 201 }),
    [`GET /api/prompts/${name}/detail`]: () => Response.json(detail),
    "GET /api/prompts": () =>
      Response.json({
        prompts: [
          {
            id: "pmt_1",
            fullName: name,
            type: "chat",
            comment: "Sorts tickets",
            owner: somebody,
            tags: {},
            lastNumber: 5,
            aliases: [{ alias: "production", version: 3, isProtected: false }],
            changedAt: at,
            changedBy: somebody,
            lastUsedAt: null,
            match: null,
          },
        ],
        next: null,
      }),
    ...more,
  });
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
    const url = new URL(input, window.location.href);
    if (url.pathname !== `/api/prompts/${name}` || more[`GET ${url.pathname}`]) return served(input, init);
    const asked = url.searchParams.get("version");
    if (asked === "5") return Response.json(fetched(five, { version: 5 }));
    if (asked === "4") return Response.json(fetched({ ...triage, model: null }, { version: 4 }));
    const alias = asked === null ? (url.searchParams.get("alias") ?? "production") : null;
    return Response.json(fetched(triage, { alias }));
  });
  return bodies;
}

beforeEach(() => {
  sessionStorage.clear();
  vi.stubGlobal("Worker", NoWorker);
});

describe("a link to a prompt", () => {
  it("opens it with its alias, asks for what it needs, and runs it by its name", async () => {
    const bodies = serveLibrary();
    open(`/playground?prompt=${name}@production&model=server:pebble-2m`);
    expect((await screen.findByLabelText("system, message 1 of 2")).textContent).toBe(
      "Sort tickets. Be {{tone}}.",
    );
    expect(screen.getByRole("link", { name: /triage/ }).getAttribute("href")).toBe(
      `/prompts/${name}?version=3`,
    );
    expect(window.location.search).toBe(`?model=server:pebble-2m&prompt=${name}@production`);
    await type("ticket", "T-1");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Run" }));
    expect(await column("A").findByText("urgent")).toBeDefined();
    expect(bodies.chat?.[0]).toMatchObject({
      model: "pebble-2m",
      prompt: { name, version: 3, variables: { ticket: "T-1" } },
    });
    expect(bodies.chat?.[0]).not.toHaveProperty("messages");
    expect(await column("A").findByText(/asked by v3/)).toBeDefined();
  });

  it("opens two versions in two columns, each run by its own", async () => {
    const bodies = serveLibrary();
    open(`/playground?prompt=${name}@3&prompt=${name}@5`);
    expect(await screen.findByRole("button", { name: /v3.*show the prompt of column A/ })).toBeDefined();
    await click(screen.getByRole("button", { name: /v5.*show the prompt of column B/ }));
    expect((await screen.findByLabelText("user, message 1 of 1")).textContent).toBe("Rank {{ticket}}");
    await type("ticket", "T-1");
    await click(screen.getByRole("button", { name: "Run" }));
    expect(await column("B").findByText("urgent")).toBeDefined();
    expect(
      bodies.chat?.map((body) => (body as { prompt: { version: number } }).prompt.version).sort(),
    ).toEqual([3, 5]);
    await expectNoAxeViolations();
  });

  it("takes the place of what is open in this tab", async () => {
    serveLibrary();
    const owner = open("/playground?model=server:pebble-2m&ask=Before");
    expect((await screen.findByLabelText("user")).textContent).toBe("Before");
    cleanup();
    open(`/playground?prompt=${name}@5`, owner);
    expect(await screen.findByLabelText("user, message 1 of 1")).toBeDefined();
    expect(screen.queryByLabelText("user")).toBeNull();
  });

  it("to one that may not be run says so in the server's words, and leads on", async () => {
    serveLibrary({
      [`GET /api/prompts/${name}`]: () => refusal(403, "forbidden", `You need EXECUTE on ${name}.`),
    });
    open(`/playground?prompt=${name}@production`);
    expect(await screen.findByRole("heading", { name: "You may not run this prompt" })).toBeDefined();
    expect(screen.getByText(`You need EXECUTE on ${name}.`)).toBeDefined();
    expect(screen.getByRole("link", { name: "Open the playground without it" })).toBeDefined();
    await expectNoAxeViolations();
  });

  it("that names none says how to write it", async () => {
    serveLibrary();
    open("/playground?prompt=triage");
    expect(await screen.findByText(/“triage” names no version of a prompt/)).toBeDefined();
  });

  it("to a past call opens its version beside the other, with its values", async () => {
    serveLibrary({
      [`GET /api/prompts/${name}/invocations/inv_1`]: () =>
        Response.json({
          id: "inv_1",
          version: 3,
          alias: null,
          model: "hosted/large",
          engine: "remote",
          at,
          by: somebody,
          variables: { ticket: "It rings at two" },
          cut: ["ticket"],
        }),
    });
    open(`/playground?invocation=inv_1&prompt=${name}@5`);
    expect(await screen.findByRole("button", { name: /v3.*show the prompt of column A/ })).toBeDefined();
    expect(screen.getByRole("button", { name: /v5.*show the prompt of column B/ })).toBeDefined();
    expect(await screen.findByLabelText("ticket")).toHaveProperty("value", "It rings at two");
    expect(screen.getByText(/Of ticket only the beginning was kept/)).toBeDefined();
    expect(window.location.search).toBe(
      `?model=remote:hosted/large&model=remote:hosted/large&prompt=${name}@3&prompt=${name}@5`,
    );
  });
});

describe("a prompt from the library", () => {
  it("is found and loaded by an alias or a version", async () => {
    serveLibrary();
    open("/playground?model=server:pebble-2m");
    await click(await screen.findByRole("button", { name: "Load a prompt" }));
    await click(await screen.findByRole("button", { name: /triage/ }));
    expect((await screen.findByRole("button", { name: /production: v3/ })).getAttribute("aria-pressed")).toBe(
      "true",
    );
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: /Change 5/ }));
    await click(screen.getByRole("button", { name: /Load prompt/ }));
    expect((await screen.findByLabelText("user, message 1 of 1")).textContent).toBe("Rank {{ticket}}");
    expect(window.location.search).toBe(`?model=server:pebble-2m&prompt=${name}@5`);
  });

  it("is compared with another of its versions in a new column", async () => {
    serveLibrary();
    open(`/playground?prompt=${name}@production&model=server:pebble-2m`);
    await screen.findByLabelText("system, message 1 of 2");
    await click(screen.getByRole("button", { name: `More for ${name}` }));
    await click(await screen.findByRole("menuitem", { name: /Compare with another version/ }));
    await click(await screen.findByRole("button", { name: /Change 5/ }));
    await click(screen.getByRole("button", { name: /Load prompt/ }));
    expect(await screen.findByRole("button", { name: /v5.*show the prompt of column B/ })).toBeDefined();
    expect(screen.getByRole("radio", { name: "B" })).toHaveProperty("checked", true);
    expect(screen.getByRole("radio", { name: "All" })).toBeDefined();
  });
});

describe("a text that was changed here", () => {
  const edit = async () => {
    open(`/playground?prompt=${name}@production&model=server:pebble-2m`);
    await screen.findByLabelText("system, message 1 of 2");
    await type("system, message 1 of 2", "Sort tickets. Be brief.");
  };

  it("says so, shows what differs, and is sent as messages", async () => {
    const bodies = serveLibrary();
    await edit();
    expect(screen.getByText("edited from v3")).toBeDefined();
    await click(screen.getByRole("button", { name: "Show changes" }));
    expect(document.querySelector("ins")?.textContent).toContain("brief");
    expect(document.querySelector("del")?.textContent).toContain("tone");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Show the text" }));
    await type("ticket", "T-1");
    await click(screen.getByRole("button", { name: "Run" }));
    expect(await column("A").findByText("urgent")).toBeDefined();
    expect(bodies.chat?.[0]).toMatchObject({ messages: [{ content: "Sort tickets. Be brief." }, {}] });
    expect(bodies.chat?.[0]).not.toHaveProperty("prompt");
  });

  it("becomes the next version, from the one it started with", async () => {
    const sent: unknown[] = [];
    serveLibrary({
      [`POST /api/prompts/${name}/versions`]: (body) => {
        sent.push(body);
        const { content } = body as { content: unknown };
        return Response.json({ ...version(6), baseNumber: 3, content });
      },
    });
    await edit();
    await click(screen.getByRole("button", { name: "Save as version" }));
    await type("What this version changes", "Be brief");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: /Save version/ }));
    expect(await screen.findByText(`v6 of ${name} is saved, together with v5.`)).toBeDefined();
    expect(sent[0]).toMatchObject({ base: 3, message: "Be brief", content: { type: "chat" } });
    expect(screen.queryByText("edited from v3")).toBeNull();
    expect(window.location.search).toContain(`prompt=${name}@6`);
  });

  it("that meets another version, and then one more, shows both each time, and is saved with what was chosen", async () => {
    const theirs = { ...promptContent.parse(triage) };
    const mine = promptContent.parse({
      ...triage,
      messages: [{ role: "system", text: "Sort tickets. Be brief." }, ...triage.messages.slice(1)],
    });
    const words = ["Sort tickets. Be brief.", "Sort tickets. Be kind.", "Sort tickets. Be {{tone}}."];
    const conflict = { path: "messages.0.text", mine: words[0], theirs: words[1], base: words[2] };
    const bases: number[] = [];
    serveLibrary({
      [`POST /api/prompts/${name}/versions`]: (body) => {
        const { base, content } = body as { base: number; content: unknown };
        bases.push(base);
        if (base === 7) return Response.json({ ...version(8), baseNumber: 7, content });
        const first = base === 6 ? 7 : 6;
        return Response.json(
          {
            error: {
              code: "conflict",
              message: `v${first} was saved first.`,
              request_id: "req_1",
              conflict: {
                base: { ...version(3), content: promptContent.parse(triage) },
                theirs: { ...version(first), content: theirs },
                mine,
                merged: mine,
                conflicts: [conflict],
              },
            },
          },
          { status: 409 },
        );
      },
    });
    await edit();
    await click(screen.getByRole("button", { name: "Save as version" }));
    await type("What this version changes", "Be brief");
    await click(screen.getByRole("button", { name: /Save version/ }));
    expect(await screen.findByText("Not saved. Noor saved v6 first")).toBeDefined();
    const save = screen.getByRole("button", { name: /Save version/ });
    expect(save.getAttribute("aria-disabled")).toBe("true");
    await expectNoAxeViolations();
    await click(screen.getByRole("radio", { name: /your draft/ }));
    await click(screen.getByRole("button", { name: /Save version/ }));
    expect(await screen.findByText("Not saved. Noor saved v7 first")).toBeDefined();
    expect(screen.getByText("1 choice to make")).toBeDefined();
    expect(screen.getByRole("radio", { name: /your draft/ })).toHaveProperty("checked", false);
    await click(screen.getByRole("radio", { name: /your draft/ }));
    await click(screen.getByRole("button", { name: /Save version/ }));
    expect(await screen.findByText(`v8 of ${name} is saved.`)).toBeDefined();
    expect(bases).toEqual([3, 6, 7]);
  });

  it("becomes a prompt of its own", async () => {
    const sent: unknown[] = [];
    serveLibrary({
      "GET /api/catalog/objects": () => Response.json({ objects: [], next: null }),
      "POST /api/prompts": (body) => {
        sent.push(body);
        return Response.json({ ...detail, fullName: "main.support.brief", name: "brief", lastNumber: 1 });
      },
    });
    await edit();
    await click(screen.getByRole("button", { name: `More for ${name}` }));
    await click(await screen.findByRole("menuitem", { name: "Save as new prompt" }));
    await type("Name", "brief");
    await click(screen.getByRole("button", { name: /Make prompt/ }));
    expect(await screen.findByText("main.support.brief is made.")).toBeDefined();
    expect(sent[0]).toMatchObject({
      schema: "main.support",
      name: "brief",
      content: { messages: [{ text: "Sort tickets. Be brief." }, {}], parameters: { temperature: 0.2 } },
    });
    expect(window.location.search).toContain("prompt=main.support.brief@1");
  });
});

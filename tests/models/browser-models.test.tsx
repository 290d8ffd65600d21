// @vitest-environment jsdom
import { createHash } from "node:crypto";
import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { browserDownloads } from "@/components/models/browser-downloads";
import { BrowserModels } from "@/components/models/browser-models";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { standInForCaches, withoutCaches } from "./memory-cache";
import "../support/patience";

standInForBrowser();

const part = 8 * 2 ** 20;
const served = (id: string, inBrowser = true) => ({
  id,
  task: "chat",
  engine: "server",
  inBrowser,
  description: "",
  ownedBy: "tessera",
  created: 1,
});

/** A model of one file, as this workbench serves it. */
class Paper {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Parts from this one on wait. */
  held: { from: number; opened: Promise<void> } | undefined;
  isCut = false;

  constructor(
    readonly name: string,
    size: number,
    readonly sha256?: string,
  ) {
    this.bytes = new Uint8Array(size).fill(name.length);
  }

  get manifest() {
    const sha256 = this.sha256 ?? createHash("sha256").update(this.bytes).digest("hex");
    return {
      name: this.name,
      task: "chat",
      description: "",
      license: "",
      parameters: 1,
      context: 8,
      files: [{ path: "model.onnx", size: this.bytes.length, sha256 }],
    };
  }

  async answer(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    const base = `/api/models/${this.name}/files`;
    if (path === `${base}/tessera.json`) return Response.json(this.manifest);
    if (path !== `${base}/model.onnx`) return undefined;
    const range = new Headers(init.headers).get("range");
    if (!range) return new Response(this.bytes);
    const [from = 0, last = 0] = range.replace("bytes=", "").split("-").map(Number);
    if (this.held && from >= this.held.from) {
      await Promise.race([
        this.held.opened,
        new Promise((_, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason))),
      ]);
    }
    if (this.isCut && from > 0) throw new TypeError("network");
    return new Response(this.bytes.subarray(from, last + 1), {
      status: 206,
      headers: { "content-range": `bytes ${from}-${last}/${this.bytes.length}` },
    });
  }
}

function serve(papers: Paper[], models: unknown = papers.map(({ name }) => served(name))) {
  answerWith({ "GET /api/models": models });
  const api = globalThis.fetch;
  vi.stubGlobal("fetch", async (input: string | URL, init: RequestInit = {}) => {
    const { pathname } = new URL(String(input), "http://127.0.0.1:3000");
    for (const paper of papers) {
      const answer = await paper.answer(pathname, init);
      if (answer) return answer;
    }
    return api(input, init);
  });
}

const open = (typed = "") => show(<BrowserModels filter={{ task: "all", typed }} />);
const row = async (name: string) =>
  within((await screen.findByRole("heading", { name })).closest("li") as HTMLElement);
const press = async (name: string) =>
  act(async () => void fireEvent.click(await screen.findByRole("button", { name })));

afterEach(() => {
  for (const name of browserDownloads.read().downloads.keys()) {
    browserDownloads.pause(name);
    browserDownloads.forget(name);
  }
});

describe("models in this browser", () => {
  it("keep their place while they are read", async () => {
    standInForCaches();
    serve([], silence);
    open();
    expect(screen.getByLabelText("Loading")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("that cannot be read say why and are read again", async () => {
    standInForCaches();
    let tries = 0;
    serve([], () => (tries++ === 0 ? new Refusal(503, "unavailable", "The disk is being checked.") : []));
    open();
    await screen.findByText("The disk is being checked.");
    await expectNoAxeViolations();
    await press("Try again");
    await screen.findByText("No model here runs in a browser");
    await expectNoAxeViolations();
  });

  it("are narrowed by name", async () => {
    standInForCaches();
    serve([new Paper("pebble", 100)]);
    open("none like it");
    await screen.findByText("No model of this browser matches");
    expect(screen.getByText("Nothing is kept yet, this browser allows 10.00 GB")).toBeTruthy();
  });

  it("cannot be kept over plain HTTP, which is said, and nothing is offered", async () => {
    withoutCaches();
    serve([new Paper("pebble", 100)]);
    open();
    await screen.findByText(/Browsers keep files only for pages over HTTPS/);
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.queryByText(/allows/)).toBeNull();
    await expectNoAxeViolations();
  });

  it("are downloaded, with the figures read out, and can be opened then", async () => {
    standInForCaches();
    const paper = new Paper("paper", part + 1_000_000);
    let release = () => {};
    paper.held = {
      from: part,
      opened: new Promise((resolve) => {
        release = resolve;
      }),
    };
    serve([paper, new Paper("remote-only", 5)], [served("paper"), served("remote-only", false)]);
    open();
    expect((await row("paper")).getByText("Not here; a run fetches it.")).toBeTruthy();
    expect(screen.queryByRole("heading", { name: "remote-only" })).toBeNull();
    await expectNoAxeViolations();
    await press("Download paper in this browser");
    await vi.waitFor(() =>
      expect(
        screen.getByRole("progressbar", { name: "paper in this browser" }).getAttribute("aria-valuetext"),
      ).toBe("8.4 MB of 9.4 MB, is being fetched"),
    );
    expect(screen.getByText("paper is being fetched.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Delete/ })).toBeNull();
    await expectNoAxeViolations();
    release();
    await screen.findByText("paper is in this browser and checked.");
    await screen.findByText("Here and checked.");
    expect(screen.getByRole("link", { name: "Open paper in the playground" }).getAttribute("href")).toContain(
      "browser",
    );
    expect(screen.getByText("Models take 9.4 MB, this browser allows 10.00 GB")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("are paused and resumed", async () => {
    standInForCaches();
    const paper = new Paper("paper", 2 * part);
    paper.held = { from: part, opened: new Promise(() => {}) };
    serve([paper]);
    open();
    await press("Download paper in this browser");
    await screen.findByText("8.4 MB");
    await press("Pause paper");
    await screen.findByText("paper is paused.");
    await screen.findByText("paused, resumes where it stopped");
    await expectNoAxeViolations();
    paper.held = undefined;
    await press("Resume paper in this browser");
    await screen.findByText("Here and checked.");
  });

  it("that were cut or spoilt say what is kept, and are tried again", async () => {
    standInForCaches();
    const [cut, bad] = [new Paper("cut", 2 * part), new Paper("bad", 20, "0".repeat(64))];
    cut.isCut = true;
    serve([cut, bad]);
    open();
    await press("Download cut in this browser");
    await (await row("cut")).findByText(/model\.onnx could not be fetched/);
    expect((await row("cut")).getByText(/What is checked or whole is kept/)).toBeTruthy();
    await press("Download bad in this browser");
    await (await row("bad")).findByText(
      /bad: model\.onnx has sha256 .*; expected 20 bytes with sha256 0{64}\./,
    );
    await expectNoAxeViolations();
    cut.isCut = false;
    await press("Try cut again in this browser");
    await (await row("cut")).findByText("Here and checked.");
  });

  it("that do not fit say how much is missing and what to delete, and go on when that is done", async () => {
    const disk = standInForCaches();
    serve([new Paper("large", 2 * part), new Paper("small", 1_000_000)]);
    open();
    await press("Download small in this browser");
    await (await row("small")).findByText("Here and checked.");
    disk.room = part + 1_500_000;
    await press("Download large in this browser");
    const refused = await row("large");
    await refused.findByText("large needs 8.4 MB more in this browser, and less is free.");
    expect(refused.getByText(/Delete small \(1\.0 MB\) here to make room\./)).toBeTruthy();
    expect(screen.getByRole("progressbar").getAttribute("aria-valuetext")).toBe("8.4 MB of 17 MB, failed");
    await expectNoAxeViolations();
    await press("Delete small from this browser");
    await screen.findByRole("dialog", { name: "Delete small from this browser?" });
    expect(screen.getByText("1.0 MB are free again here.")).toBeTruthy();
    await expectNoAxeViolations();
    disk.room = Number.POSITIVE_INFINITY;
    await act(
      async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") ?? document.body),
    );
    await screen.findByText("small is deleted from this browser.");
    await (await row("small")).findByText("Not here; a run fetches it.");
    await press("Try large again in this browser");
    await (await row("large")).findByText("Here and checked.");
  });

  it("that the server has no more, or in another version, are told apart and deleted", async () => {
    standInForCaches();
    serve([new Paper("paper", 1000), new Paper("gone", 2000)]);
    const { unmount } = open();
    await press("Download paper in this browser");
    await press("Download gone in this browser");
    await vi.waitFor(() => expect(screen.getAllByText("Here and checked.")).toHaveLength(2));
    unmount();
    serve([new Paper("paper", 3000)]);
    open();
    expect((await row("paper")).getByText("Only an earlier version is here, 1.0 kB.")).toBeTruthy();
    const gone = await row("gone");
    expect(gone.getByText("2.0 kB of a model that this server no longer has")).toBeTruthy();
    expect(gone.getAllByRole("button").map((button) => button.getAttribute("aria-label"))).toEqual([
      "Delete gone from this browser",
    ]);
    await expectNoAxeViolations();
  });
});

// @vitest-environment jsdom
import { act, configure, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ModelsPage } from "@/components/models/models-page";
import { byteCount } from "@/lib/core";
import { aboutBytes, catalogue, type Download, estimatedBytes, timeLeft } from "@/lib/models";
import { catalogueEntry } from "@/lib/models/schema";
import { SpeedMeter } from "@/lib/models/speed-meter";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";

standInForBrowser();
// Dialogs are fetched when they are opened, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

const commit = "0123456789abcdef0123456789abcdef01234567";
const hub = "https://huggingface.co";
const pebble = {
  name: "pebble-2m",
  task: "chat",
  origin: "built-in",
  description: "Short answers.",
  license: "Apache-2.0",
  parameters: 2_202_048,
  context: 512,
  bytes: 11_502_000,
};
const smol = {
  ...pebble,
  name: "smollm2-135m-instruct-q4",
  origin: "downloaded",
  dtype: "q4",
  parameters: 135_000_000,
  context: 8192,
  bytes: 181_000_000,
  source: { hub, repository: "HuggingFaceTB/SmolLM2-135M-Instruct", revision: commit },
};
const imported = {
  ...pebble,
  name: "paper-q4",
  origin: "imported",
  parameters: undefined,
  license: "unknown",
};
const here = { models: [pebble, smol, imported], partialBytes: 0, freeBytes: 61.4e9, quotaBytes: null };
const remote = {
  id: "hosted/large",
  task: "chat",
  engine: "remote",
  inBrowser: false,
  description: "",
  connection: "hosted",
  ownedBy: "hosted",
  created: 1,
};
const system = {
  machine: { cores: 8, memoryBytes: 1, freeDiskBytes: 1, listens: "127.0.0.1:3000" },
  engine: {
    device: "CPU",
    threads: 8,
    busy: 0,
    slots: 1,
    waiting: 0,
    models: [{ name: "pebble-2m", state: "ready", device: "CPU", memoryBytes: 8_962_630 }],
  },
  gateway: { active: 0, limit: 512, unsettled: 0 },
};
const qwen: Download = {
  name: "qwen3-0.6b-q4",
  repository: "onnx-community/Qwen3-0.6B-ONNX",
  revision: "main",
  dtype: "q4",
  state: "running",
  bytes: 704e6,
  total: 1.12e9,
  verifiedBytes: 12e6,
  verifiedFiles: 5,
  files: 6,
  bytesPerSecond: 18.2e6,
  secondsLeft: 23,
};
const routes = {
  "GET /api/models": [remote],
  "GET /api/models/local": here,
  "GET /api/models/downloads": [] as Download[],
  "GET /api/system": system,
  "GET /api/models/hub": { address: hub, tokenLast4: "WXYZ", quotaBytes: null },
};

const click = (element: Element) => act(async () => void fireEvent.click(element));
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const send = () =>
  act(async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") ?? document.body));
const row = (title: string) =>
  within(screen.getByRole("heading", { name: title }).closest("li") as HTMLElement);
const open = (admin = true, search = "") => show(<ModelsPage admin={admin} />, { path: "/models", search });

describe("the models of this server", () => {
  it("keep their place while they are read", async () => {
    answerWith({ ...routes, "GET /api/models/local": silence });
    open();
    expect(screen.getByLabelText("Loading")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("that cannot be read say why and are read again; the catalogue stands beside", async () => {
    let tries = 0;
    answerWith({
      ...routes,
      "GET /api/models/local": () =>
        tries++ === 0 ? new Refusal(503, "unavailable", "The disk is being checked.") : here,
    });
    open();
    await screen.findByText("The disk is being checked.");
    expect(screen.getByRole("heading", { name: "Qwen3 0.6B" })).toBeTruthy();
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("smollm2-135m-instruct-q4", { selector: "b" })).toBeTruthy();
  });

  it("that are none say what to do", async () => {
    answerWith({ ...routes, "GET /api/models/local": { ...here, models: [] } });
    open();
    await screen.findByText("No models here");
    await expectNoAxeViolations();
  });

  it("show size, state, licence and where they came from; built-in ones cannot be deleted", async () => {
    answerWith(routes);
    open();
    const table = within(await screen.findByRole("table", { name: "Models on this server" }));
    await table.findByText("ready on CPU, 9.0 MB");
    for (const words of [
      "181 MB",
      "8,192 tokens",
      "135 M",
      "HuggingFaceTB/SmolLM2-135M-Instruct@0123456",
      "unknown",
    ])
      expect(table.getAllByText(words).length).toBeGreaterThan(0);
    expect(screen.getByText(/Downloads take 193 MB, 61.40 GB of disk are free$/)).toBeTruthy();
    expect(table.getAllByRole("button").map((button) => button.getAttribute("aria-label"))).toEqual([
      "Delete smollm2-135m-instruct-q4",
      "Delete paper-q4",
    ]);
    expect(screen.getByRole("table", { name: "Models" }).textContent).toContain("hosted/large");
    await expectNoAxeViolations();
  });

  it("are narrowed by name and task, with the catalogue", async () => {
    answerWith(routes);
    open();
    await screen.findByText("paper-q4");
    type("Filter by name", "smol");
    expect(screen.queryByText("paper-q4")).toBeNull();
    expect(screen.queryByRole("heading", { name: "Qwen3 0.6B" })).toBeNull();
    expect(screen.getByRole("heading", { name: "SmolLM2 135M Instruct" })).toBeTruthy();
    type("Filter by name", "nothing like it");
    expect(screen.getByText("No model of the catalogue matches")).toBeTruthy();
    await expectNoAxeViolations();
  });

  it("are deleted once the effect was shown", async () => {
    const sent = answerWith({ ...routes, "DELETE /api/models/smollm2-135m-instruct-q4": null });
    open();
    await click(await screen.findByRole("button", { name: "Delete smollm2-135m-instruct-q4" }));
    await screen.findByRole("dialog", { name: "Delete smollm2-135m-instruct-q4?" });
    expect(screen.getByText(/181 MB are free again/)).toBeTruthy();
    expect(sent).toEqual([]);
    await expectNoAxeViolations();
    await send();
    await screen.findByText("smollm2-135m-instruct-q4 is deleted.");
  });
});

describe("the catalogue", () => {
  it("has entries of the right form, in order, whose ids make names", () => {
    for (const entry of catalogue) expect(catalogueEntry.safeParse(entry).error).toBeUndefined();
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  });

  it("gives sizes as estimates until the hub was asked, then what the hub has", async () => {
    const sent = answerWith({
      ...routes,
      "POST /api/models/repository": {
        repository: qwen.repository,
        sha: commit,
        license: "apache-2.0",
        gated: true,
        variants: [{ dtype: "fp16", name: "qwen3-0.6b-fp16", bytes: 1_203_000_000, files: 6 }],
      },
    });
    open();
    await screen.findByText("paper-q4");
    expect(sent).toEqual([]);
    expect(row("Qwen3 0.6B").getByRole("combobox").textContent).toMatch(/^q4, about \d+ MB$/);
    await click(row("Qwen3 0.6B").getByRole("button", { name: "Check sizes" }));
    await row("Qwen3 0.6B").findByText("fp16, 1.20 GB");
    expect(row("Qwen3 0.6B").getByText(/licence has to be accepted/)).toBeTruthy();
    expect(sent).toEqual([
      {
        method: "POST",
        path: "/api/models/repository",
        body: { repository: qwen.repository, revision: "main" },
      },
    ]);
    await expectNoAxeViolations();
  });

  it("starts a download and shows it in its row", async () => {
    const sent = answerWith({ ...routes, "POST /api/models/downloads": qwen });
    open();
    await screen.findByText("paper-q4");
    answerWith({ ...routes, "GET /api/models/downloads": [qwen], "POST /api/models/downloads": qwen });
    await click(row("Qwen3 0.6B").getByRole("button", { name: "Download Qwen3 0.6B, q4" }));
    const bar = await row("Qwen3 0.6B").findByRole("progressbar", { name: "Download of qwen3-0.6b-q4" });
    expect([bar.getAttribute("aria-valuenow"), bar.getAttribute("aria-valuetext")]).toEqual([
      "62",
      "704 MB of 1.12 GB, is being fetched",
    ]);
    // 16 MB a tile: 44 whole ones, and the one that is being fetched.
    expect(bar.children).toHaveLength(70);
    expect(bar.querySelectorAll(".bg-fg-muted")).toHaveLength(44);
    expect(bar.querySelectorAll(".bg-live-solid")).toHaveLength(1);
    expect(row("Qwen3 0.6B").getByText("18 MB/s, 23 s left")).toBeTruthy();
    expect(row("Qwen3 0.6B").getByText("5 of 6 files checked")).toBeTruthy();
    expect(
      screen.getByText("1 download, 416 MB to go, one tile is 16 MB. It continues while you work."),
    ).toBeTruthy();
    expect(sent).toEqual([]);
    await expectNoAxeViolations();
  });

  it("says what the hub wants, and leads to where it is entered", async () => {
    answerWith({
      ...routes,
      "POST /api/models/downloads": new Refusal(422, "unprocessable", "Accept the licence first.", [
        { path: "token", message: "Accept the licence first." },
      ]),
    });
    open();
    await screen.findByText("paper-q4");
    await click(row("Qwen3 0.6B").getByRole("button", { name: "Download Qwen3 0.6B, q4" }));
    expect((await row("Qwen3 0.6B").findByRole("alert")).textContent).toContain("Accept the licence first.");
    await expectNoAxeViolations();
    await click(row("Qwen3 0.6B").getByRole("button", { name: "Enter a token" }));
    expect(window.location.search).toBe("?hub");
  });
});

describe("a download", () => {
  const withDownload = (download: Partial<Download>) => ({
    ...routes,
    "GET /api/models/downloads": [
      { ...qwen, bytesPerSecond: undefined, secondsLeft: undefined, ...download },
    ],
  });

  it("that is paused resumes, and one that runs is paused", async () => {
    const sent = answerWith({
      ...withDownload({ state: "paused" }),
      "POST /api/models/downloads/qwen3-0.6b-q4/resume": { ...qwen, state: "queued" },
      "POST /api/models/downloads/qwen3-0.6b-q4/pause": { ...qwen, state: "paused" },
    });
    open();
    await screen.findByText("paused, resumes where it stopped");
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Resume qwen3-0.6b-q4" }));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.path).toBe("/api/models/downloads/qwen3-0.6b-q4/resume");
  });

  it("that failed says why, keeps its tiles and is tried again", async () => {
    const sent = answerWith({
      ...withDownload({ state: "failed", reason: { code: "unavailable", message: "The connection ended." } }),
      "POST /api/models/downloads/qwen3-0.6b-q4/resume": qwen,
    });
    open();
    await screen.findByText("The connection ended.");
    expect(screen.getByText("What is checked is kept.")).toBeTruthy();
    expect(screen.getByRole("progressbar").querySelectorAll(".bg-danger-solid")).toHaveLength(1);
    await expectNoAxeViolations();
    await click(screen.getByRole("button", { name: "Try qwen3-0.6b-q4 again" }));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
  });

  it("that waits for the hub, for its turn or for another process says which", async () => {
    answerWith({
      ...routes,
      "GET /api/models/downloads": [
        { ...qwen, waitSeconds: 4 },
        { ...qwen, name: "other-q4", repository: "desk/other", state: "queued" },
        { ...qwen, name: "third-q4", repository: "desk/third", elsewhere: true },
      ],
    });
    open();
    await screen.findByText("the hub does not answer, trying again in 4 s");
    expect(screen.getByText("waits for its turn")).toBeTruthy();
    expect(screen.getByText("fetched by a command on the server's machine")).toBeTruthy();
    expect(row("third-q4").queryByRole("button")).toBeNull();
    await expectNoAxeViolations();
  });

  it("is announced when it ends", async () => {
    const states: Download["state"][] = ["running", "done"];
    answerWith({
      ...routes,
      "GET /api/models/downloads": () => [{ ...qwen, state: states.length > 1 ? states.shift() : states[0] }],
    });
    open();
    await screen.findByRole("progressbar");
    await screen.findByText("qwen3-0.6b-q4 is downloaded and checked.", {}, { timeout: 4_000 });
    expect(screen.queryByRole("progressbar")).toBeNull();
  });

  it("is discarded once the effect was shown", async () => {
    const sent = answerWith({
      ...withDownload({ state: "paused" }),
      "DELETE /api/models/downloads/qwen3-0.6b-q4": null,
    });
    open();
    await click(await screen.findByRole("button", { name: "Discard qwen3-0.6b-q4" }));
    await screen.findByRole("dialog", { name: "Discard the download of qwen3-0.6b-q4?" });
    expect(screen.getByText("The 704 MB that were fetched are erased.")).toBeTruthy();
    await expectNoAxeViolations();
    await send();
    await screen.findByText("The download of qwen3-0.6b-q4 is discarded.");
    expect(sent).toHaveLength(1);
  });

  it("is watched by a member without a control", async () => {
    answerWith(
      withDownload({ state: "failed", reason: { code: "x", message: "It ended.", needs: "token" } }),
    );
    open(false);
    await screen.findByText("It ended.");
    await screen.findByText("paper-q4");
    expect(
      screen.queryByRole("button", {
        name: /Delete|Discard|Download|Check|Resume|Try|Enter|Import|Pull|Hub/,
      }),
    ).toBeNull();
    expect(screen.queryAllByRole("combobox")).toEqual([]);
    await expectNoAxeViolations();
  });
});

describe("any repository", () => {
  const found = {
    repository: "desk/pebble",
    sha: commit,
    license: "mit",
    gated: false,
    variants: [{ dtype: "q4", name: "pebble-q4", bytes: 2_400_000, files: 4 }],
  };

  it("is checked first and then pulled", async () => {
    const sent = answerWith({
      ...routes,
      "POST /api/models/repository": found,
      "POST /api/models/downloads": { ...qwen, name: "pebble-q4", repository: "desk/pebble" },
    });
    open(true, "pull");
    await screen.findByRole("dialog", { name: "Pull a repository" });
    type("Repository", "desk pebble");
    await send();
    expect((await screen.findByRole("alert")).textContent).toBe("Enter a repository as owner/name.");
    type("Repository", "desk/pebble");
    await send();
    await screen.findByText("It will be called pebble-q4.");
    expect(screen.getByText(commit)).toBeTruthy();
    await expectNoAxeViolations();
    await send();
    await screen.findByText("pebble-q4 is being fetched.");
    expect(sent.at(-1)).toEqual({
      method: "POST",
      path: "/api/models/downloads",
      body: { repository: "desk/pebble", revision: "main", dtype: "q4" },
    });
  });

  it("that the hub does not have is said at its field, and a hub that is silent leads to its settings", async () => {
    answerWith({
      ...routes,
      "POST /api/models/repository": new Refusal(422, "unprocessable", "no", [
        { path: "repository", message: "There is no such repository." },
      ]),
    });
    open(true, "pull");
    await screen.findByRole("dialog");
    type("Repository", "desk/none");
    await send();
    expect((await screen.findByRole("alert")).textContent).toBe("There is no such repository.");
    answerWith({
      ...routes,
      "POST /api/models/repository": new Refusal(503, "unavailable", `${hub} could not be reached.`),
    });
    type("Repository", "desk/pebble");
    await send();
    expect((await screen.findByRole("alert")).textContent).toContain(`${hub} could not be reached.`);
    await expectNoAxeViolations();
    await click(within(screen.getByRole("dialog")).getByRole("button", { name: "Hub settings" }));
    expect(window.location.search).toBe("?hub");
  });
});

describe("a folder", () => {
  it("is imported, and where it has several graphs one is asked for", async () => {
    let tries = 0;
    const sent = answerWith({
      ...routes,
      "POST /api/models/imports": () =>
        tries++ === 0
          ? new Refusal(422, "unprocessable", "x", [
              { path: "dtype", message: "It has several graphs: q4, fp32." },
            ])
          : imported,
    });
    open(true, "import");
    await screen.findByRole("dialog", { name: "Import a folder" });
    type("Folder", "/srv/paper");
    await send();
    expect((await screen.findByRole("alert")).textContent).toBe("It has several graphs: q4, fp32.");
    await expectNoAxeViolations();
    await send();
    await screen.findByText("paper-q4 is imported.");
    expect(sent[0]?.body).toEqual({ folder: "/srv/paper" });
  });
});

describe("the hub's settings", () => {
  it("show the token's end alone, and are saved", async () => {
    const sent = answerWith({
      ...routes,
      "PATCH /api/models/hub": { address: "https://mirror.example", tokenLast4: null, quotaBytes: 40e9 },
    });
    open(true, "hub");
    const token = await screen.findByLabelText("Token");
    expect(token.getAttribute("placeholder")).toBe("stored, ends in WXYZ");
    await expectNoAxeViolations();
    type("Address", "https://mirror.example");
    expect(screen.getByText(/was given for the other address and is erased/)).toBeTruthy();
    type("Room for models, GB", "forty");
    await click(screen.getByRole("button", { name: "Save" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Enter gigabytes");
    type("Room for models, GB", "40");
    await click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Models come from mirror.example.");
    expect(sent[0]?.body).toEqual({ address: "https://mirror.example", quotaBytes: 40e9 });
  });
});

describe("figures", () => {
  it("are short and mean what they say", () => {
    expect([0, 512, 93_000, 4_200_000, 704e6, 1.12e9].map(byteCount)).toEqual([
      "0 bytes",
      "512 bytes",
      "93 kB",
      "4.2 MB",
      "704 MB",
      "1.12 GB",
    ]);
    expect([187_654_321, 1_234_567_890].map(aboutBytes)).toEqual(["about 190 MB", "about 1.2 GB"]);
    expect([0.4, 23, 240, 4800].map(timeLeft)).toEqual(["1 s", "23 s", "4 min", "1 h 20 min"]);
  });

  it("of estimates grow with the weights", () => {
    for (const entry of catalogue.filter(({ task, dtypes }) => task === "chat" && dtypes.length > 1)) {
      const [q4 = 0, q4f16 = 0, , fp16 = 0, fp32 = 0] = entry.dtypes.map((dtype) =>
        estimatedBytes(entry, dtype),
      );
      expect(q4f16 < q4 && q4 < fp32 && fp16 * 2 === fp32).toBe(true);
    }
  });

  it("of speed are those of the last ten seconds", () => {
    const meter = new SpeedMeter();
    meter.add(500, 0);
    expect(meter.bytesPerSecond(500)).toBeUndefined();
    meter.add(1500, 1000);
    expect(meter.bytesPerSecond(2000)).toBe(1000);
    expect(meter.bytesPerSecond(20_000)).toBeUndefined();
  });
});

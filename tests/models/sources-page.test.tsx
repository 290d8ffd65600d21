// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import { answerWith, Refusal } from "../ui/server";
import { click, commit, hub, imported, open, qwen, routes, send, type } from "./pages";
import "../support/patience";

standInForBrowser();

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
      body: { repository: "desk/pebble", revision: "main", dtype: "q4", name: "pebble-q4" },
    });
  });

  it("is called as is typed, and a name that is none or is taken is said at its field", async () => {
    const message = "pebble-q4 is an unfinished download of desk/pebble.";
    const sent = answerWith({
      ...routes,
      "POST /api/models/repository": found,
      "POST /api/models/downloads": new Refusal(409, "conflict", message, [{ path: "name", message }]),
    });
    open(true, "pull");
    await screen.findByRole("dialog");
    type("Repository", "desk/pebble");
    await send();
    expect((await screen.findByLabelText<HTMLInputElement>("Name")).value).toBe("pebble-q4");
    await send();
    expect((await screen.findByRole("alert")).textContent).toBe(message);
    type("Name", "Pebble later");
    await send();
    expect((await screen.findByRole("alert")).textContent).toContain("Use lower-case letters");
    expect(sent.filter(({ path }) => path === "/api/models/downloads")).toHaveLength(1);
    type("Name", "pebble-later");
    await send();
    expect(sent.at(-1)?.body).toMatchObject({ name: "pebble-later" });
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

  it("is imported under a name of its own, and a taken one is said at its field", async () => {
    const message = "There is a model paper on this server already.";
    const sent = answerWith({
      ...routes,
      "POST /api/models/imports": new Refusal(409, "conflict", message, [{ path: "name", message }]),
    });
    open(true, "import");
    await screen.findByRole("dialog");
    type("Folder", "/srv/paper");
    type("Name", "paper");
    await send();
    expect((await screen.findByRole("alert")).textContent).toBe(message);
    expect(sent[0]?.body).toEqual({ folder: "/srv/paper", name: "paper" });
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

// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectNoAxeViolations, standInForBrowser } from "../ui/page";
import { answerWith, Refusal, silence } from "../ui/server";
import { click, here, open, routes, send, type } from "./pages";
import "../support/patience";

standInForBrowser();

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

  it("are not deleted while an alias points to them, which is said", async () => {
    const message = "The alias champion of desk points to paper-q4. Move or remove it first.";
    answerWith({ ...routes, "DELETE /api/models/paper-q4": new Refusal(409, "conflict", message) });
    open();
    await click(await screen.findByRole("button", { name: "Delete paper-q4" }));
    await screen.findByRole("dialog", { name: "Delete paper-q4?" });
    await send();
    expect((await screen.findByRole("alert")).textContent).toBe(`Nothing was changed. ${message}`);
  });
});

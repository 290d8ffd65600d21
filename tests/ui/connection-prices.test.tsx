// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ConnectionsPage } from "@/components/connections/connections-page";
import { draftOf, readPrice } from "@/components/connections/price-draft";
import { expectNoAxeViolations, show, standInForBrowser } from "./page";
import { answerWith, Refusal } from "./server";
import "../support/patience";

standInForBrowser();

const connection = {
  id: "con_1",
  name: "hosted",
  models: ["large", "small"],
  version: 3,
  updatedAt: "2026-11-20T09:11:00.000Z",
  baseUrl: "https://api.example.com/v1",
  keyLast4: "9f3a",
  prices: { large: { input: 2.5, output: 10, cachedInput: 1.25 } },
};
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const send = () => fireEvent.submit(screen.getByRole("dialog").querySelector("form") ?? document.body);
const typedIn = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;

async function edit(answer: unknown = connection) {
  const sent = answerWith({ "GET /api/connections": [connection], "PATCH /api/connections/con_1": answer });
  show(<ConnectionsPage />, { path: "/connections" });
  fireEvent.click(await screen.findByRole("button", { name: "Edit hosted" }));
  return sent;
}

describe("prices in the dialog of a connection", () => {
  it("stand beside the chosen models, and what is typed goes along with those that were", async () => {
    const sent = await edit();
    expect(typedIn("Input price of large")).toBe("2.5");
    expect(typedIn("Cached input price of large")).toBe("1.25");
    expect(typedIn("Input price of small")).toBe("");
    await expectNoAxeViolations();
    type("Input price of small", "$0.15");
    type("Output price of small", " .6 ");
    send();
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({
      prices: { large: connection.prices.large, small: { input: 0.15, output: 0.6 } },
    });
  });

  it("become unknown again when they are emptied", async () => {
    const sent = await edit();
    for (const name of ["Input price", "Output price", "Cached input price"]) type(`${name} of large`, "");
    send();
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({ prices: {} });
  });

  it("are not sent when nobody touched them, nor for a model that is no longer chosen", async () => {
    const sent = await edit();
    send();
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).not.toHaveProperty("prices");
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    fireEvent.click(await screen.findByRole("button", { name: "Edit hosted" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "large" }));
    expect(screen.queryByLabelText("Input price of large")).toBeNull();
    send();
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.body).toMatchObject({ models: ["small"], prices: {} });
  });

  it("are not sent while one of them is half or not a number, and it says which", async () => {
    const sent = await edit();
    type("Input price of small", "0.15");
    send();
    expect((await screen.findByRole("alert")).textContent).toBe(
      "small: Enter a price for input and one for output.",
    );
    expect(screen.getByLabelText("Output price of small").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByLabelText("Output price of large").getAttribute("aria-invalid")).toBeNull();
    type("Output price of small", "0,6");
    expect((await screen.findByRole("alert")).textContent).toBe(
      "small: Enter prices as numbers, such as 0.15.",
    );
    await expectNoAxeViolations();
    expect(sent).toEqual([]);
  });

  it("show what the server finds wrong with them", async () => {
    const message = "small has a price but is not among the models.";
    await edit(new Refusal(422, "unprocessable", message, [{ path: "prices", message }]));
    send();
    expect((await screen.findByRole("alert")).textContent).toBe(message);
  });
});

describe("a price as it is typed", () => {
  it.each(["1e3", "-1", "1,000", "free", "0x10", "1 000", "2000000", "Infinity"])("is not %s", (input) => {
    expect(readPrice({ input, output: "1", cachedInput: "" }).price).toBeUndefined();
    expect(readPrice({ input, output: "1", cachedInput: "" }).fault).toMatch(/[Pp]rice/);
  });

  it.each([0, 0.15, 1e-7, 0.0375, 75, 1_000_000])("comes back as it was saved: %d", (amount) => {
    const price = { input: amount, output: amount, cachedInput: amount };
    expect(readPrice(draftOf(price))).toEqual({ price });
  });
});

// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ConnectionsPage } from "@/components/connections/connections-page";
import { KeysPage } from "@/components/keys/keys-page";
import { PeoplePage } from "@/components/people/people-page";
import { expectNoAxeViolations, show, standInForBrowser } from "./page";
import { answerWith, Refusal } from "./server";
import "../support/patience";

standInForBrowser();

const at = "2026-11-20T09:11:00.000Z";
const secret = "tsr_Ab3dE5gH7jK9_0123456789abcdefghijklmnopqrstuvXYZabc";
const apiKey = {
  id: "Ab3dE5gH7jK9",
  name: "nightly-import",
  createdAt: at,
  expiresAt: null,
  lastUsedAt: null,
  scopes: null,
};
const type = (element: HTMLElement, value: string) => fireEvent.change(element, { target: { value } });
const send = () => fireEvent.submit(screen.getByRole("dialog").querySelector("form") ?? document.body);

describe("creating a key", () => {
  const routes = {
    "GET /api/keys": [apiKey],
    "GET /api/models": [],
    "POST /api/keys": { ...apiKey, key: secret },
  };

  it("shows the key once, with a first call, and never again", async () => {
    const sent = answerWith(routes);
    show(<KeysPage />, { path: "/keys", search: "new" });
    const dialog = screen.getByRole("dialog", { name: "Create an API key" });
    type(within(dialog).getByLabelText("Name"), "nightly-import");
    send();
    const shown = await screen.findByLabelText("Key");
    expect(shown).toHaveProperty("value", secret);
    expect(sent).toEqual([
      {
        method: "POST",
        path: "/api/keys",
        body: { name: "nightly-import", expiresInDays: 90, scopes: null },
      },
    ]);
    expect(screen.getByText(/curl http:\/\/localhost:3000\/v1\/chat\/completions/)).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "Python" }));
    expect(screen.getByText(/client = OpenAI\(base_url="http:\/\/localhost:3000\/v1"/)).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "TypeScript" }));
    expect(screen.getByText(/new OpenAI\(\{ baseURL: "http:\/\/localhost:3000\/v1"/)).toBeTruthy();
    await expectNoAxeViolations();

    fireEvent.click(screen.getByRole("button", { name: "Done" }));
    await vi.waitFor(() => expect(document.body.innerHTML).not.toContain(secret));
  });

  it("says what is wrong with a field, ours first and then the server's", async () => {
    answerWith({
      ...routes,
      "POST /api/keys": new Refusal(422, "unprocessable", "name: Taken.", [
        { path: "name", message: "Taken." },
      ]),
    });
    show(<KeysPage />, { path: "/keys", search: "new" });
    send();
    expect((await screen.findByRole("alert")).textContent).toBe("Enter a name for the key.");
    type(screen.getByLabelText("Name"), "twice");
    send();
    await vi.waitFor(() => expect(screen.getByRole("alert").textContent).toBe("Taken."));
  });
});

describe("revoking a key", () => {
  it("shows the effect first and revokes only then", async () => {
    const sent = answerWith({ "GET /api/keys": [apiKey], "DELETE /api/keys/Ab3dE5gH7jK9": null });
    show(<KeysPage />, { path: "/keys" });
    fireEvent.click(await screen.findByRole("button", { name: "Revoke nightly-import" }));
    expect(screen.getByText(/The next request with it is answered 401/)).toBeTruthy();
    expect(sent).toEqual([]);
    await expectNoAxeViolations();
    // Pressed twice in a row, sent once.
    send();
    send();
    await screen.findByText("Key “nightly-import” is revoked.");
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(["DELETE /api/keys/Ab3dE5gH7jK9"]);
  });

  it("says that nothing was changed when it fails", async () => {
    answerWith({
      "GET /api/keys": [apiKey],
      "DELETE /api/keys/Ab3dE5gH7jK9": new Refusal(503, "unavailable", "The disk is full."),
    });
    show(<KeysPage />, { path: "/keys" });
    fireEvent.click(await screen.findByRole("button", { name: "Revoke nightly-import" }));
    send();
    expect((await screen.findByRole("alert")).textContent).toBe("Nothing was changed. The disk is full.");
  });
});

describe("inviting a person", () => {
  const user = {
    id: "usr_2",
    email: "noor@desk.example",
    name: "",
    role: "member",
    state: "invited",
    createdAt: at,
    lastSeenAt: null,
  };
  const link = `http://127.0.0.1:3000/invite#token=${"x".repeat(43)}`;

  it("hands over a link, once", async () => {
    const sent = answerWith({
      "GET /api/users": [user],
      "GET /api/me": new Refusal(403, "forbidden", "no"),
      "POST /api/users": { user, link, expiresAt: at },
    });
    show(<PeoplePage />, { path: "/people", search: "new" });
    type(screen.getByLabelText("E-mail"), "Noor@Desk.example");
    send();
    expect(await screen.findByLabelText("Link")).toHaveProperty("value", link);
    expect(sent[0]?.body).toEqual({ email: "noor@desk.example", role: "member" });
    fireEvent.click(screen.getByRole("button", { name: "Done" }));
    await vi.waitFor(() => expect(document.body.innerHTML).not.toContain(link));
  });
});

describe("a connection", () => {
  const connection = {
    id: "con_1",
    name: "hosted",
    models: ["large"],
    version: 3,
    updatedAt: at,
    baseUrl: "https://api.example.com/v1",
    keyLast4: "9f3a",
  };

  it("is tested first, and its models are picked from what the upstream lists", async () => {
    const sent = answerWith({
      "GET /api/connections": [],
      "POST /api/connections/test": { ok: true, models: ["large", "small"] },
      "POST /api/connections": connection,
    });
    show(<ConnectionsPage />, { path: "/connections", search: "new" });
    type(screen.getByLabelText("Name"), "hosted");
    type(screen.getByLabelText("Base URL"), "https://api.example.com/v1");
    type(screen.getByLabelText("API key"), "sk-123");
    fireEvent.click(screen.getByRole("button", { name: "Test connection" }));
    await screen.findByText("It answers and lists 2 models.");
    fireEvent.click(screen.getByRole("checkbox", { name: "large" }));
    await expectNoAxeViolations();
    send();
    await screen.findByText("hosted is connected.");
    expect(sent.at(-1)?.body).toEqual({
      name: "hosted",
      baseUrl: "https://api.example.com/v1",
      apiKey: "sk-123",
      models: ["large"],
    });
  });

  it("tells what the upstream said when the test fails", async () => {
    answerWith({
      "GET /api/connections": [],
      "POST /api/connections/test": { ok: false, code: "upstream", message: "The API answered 401." },
    });
    show(<ConnectionsPage />, { path: "/connections", search: "new" });
    type(screen.getByLabelText("Base URL"), "https://api.example.com/v1");
    fireEvent.click(screen.getByRole("button", { name: "Test connection" }));
    expect((await screen.findByRole("alert")).textContent).toBe("The API answered 401.");
  });

  it("keeps its stored key unless another is typed, and names the version it saw", async () => {
    const sent = answerWith({
      "GET /api/connections": [connection],
      "PATCH /api/connections/con_1": connection,
    });
    show(<ConnectionsPage />, { path: "/connections" });
    fireEvent.click(await screen.findByRole("button", { name: "Edit hosted" }));
    send();
    await screen.findByText("hosted is saved.");
    expect(sent[0]?.body).toEqual({
      version: 3,
      name: "hosted",
      baseUrl: "https://api.example.com/v1",
      models: ["large"],
    });
  });
});

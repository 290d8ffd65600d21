/** A signed-in HTTP client with a cookie jar, as a browser's page would call. */
export interface Visitor {
  fetch(
    path: string,
    options?: { method?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>;
  /** For a browser context. */
  cookies(): { name: string; value: string; url: string }[];
}

/** What a call answered, as JSON; a refusal ends the journey with its words. */
export async function send<Answer>(
  who: Visitor,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await who.fetch(path, { method, body });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

export async function signIn(url: string, email: string, password: string): Promise<Visitor> {
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url + path, {
      ...init,
      redirect: "manual",
      headers: { ...(init.headers as Record<string, string>), origin: url, cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  };
  const { csrfToken } = (await (await send("/api/auth/csrf", {})).json()) as { csrfToken: string };
  const answer = await send("/api/auth/callback/credentials", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  return {
    fetch: (path, { method = "GET", body, headers = {} } = {}) =>
      send(path, {
        method,
        headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    cookies: () => [...jar].map(([name, value]) => ({ name, value: decodeURIComponent(value), url })),
  };
}

export const administrator = { ADMIN_EMAIL: "mira@desk.example", ADMIN_PASSWORD: "eleven tiles and a mark" };

export function signInAdministrator(url: string): Promise<Visitor> {
  return signIn(url, administrator.ADMIN_EMAIL, administrator.ADMIN_PASSWORD);
}

/** Invites a member through the API as an administrator and signs in as that person. */
export async function inviteMember(url: string, admin: Visitor, email: string): Promise<Visitor> {
  const made = await admin.fetch("/api/users", { method: "POST", body: { email, role: "member" } });
  if (!made.ok) throw new Error(`the invitation answered ${made.status}: ${await made.text()}`);
  const link = /#token=([0-9A-Za-z]+)/.exec(await made.text())?.[1];
  const password = "a second person with fewer rights";
  const accepted = await fetch(`${url}/api/invites/accept`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: link, name: "Noor", password }),
  });
  if (!accepted.ok) throw new Error(`accepting answered ${accepted.status}: ${await accepted.text()}`);
  return signIn(url, email, password);
}

/** Lets everybody call and read every model of the first schema, as an administrator of a small desk would. */
export async function letEverybodyExecute(admin: Visitor): Promise<void> {
  const answer = await admin.fetch("/api/2.1/unity-catalog/permissions/schema/main.default", {
    method: "PATCH",
    body: { changes: [{ principal: "all_users", add: ["EXECUTE"] }] },
  });
  if (!answer.ok) throw new Error(`the grant answered ${answer.status}: ${await answer.text()}`);
}

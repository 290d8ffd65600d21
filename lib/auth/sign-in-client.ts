import { z } from "zod";
import { AppError, apiError, type ErrorCode, statusOf } from "@/lib/core";
import { fetchJson } from "@/lib/core/client";

const csrf = z.object({ csrfToken: z.string() });
const redirected = z.object({ url: z.string() });

/** Posts to next-auth, which wants its token in the body beside the cookie. @throws AppError with `retryAfter` when throttled. */
async function post(action: string, fields: Record<string, string>): Promise<string> {
  const { csrfToken } = await fetchJson("/api/auth/csrf", {}, csrf);
  let response: Response;
  try {
    response = await fetch(`/api/auth/${action}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
    });
  } catch (cause) {
    throw new AppError("unavailable", "The workbench did not answer. Try again.", { cause });
  }
  const json: unknown = await response.json();
  if (response.ok) return redirected.parse(json).url;
  const parsed = apiError.safeParse(json);
  if (!parsed.success) throw new AppError("internal", `The workbench answered ${response.status}.`);
  const { code, message } = parsed.data.error;
  const seconds = Number(response.headers.get("retry-after"));
  throw new AppError(code in statusOf ? (code as ErrorCode) : "internal", message, {
    retryAfter: seconds > 0 ? seconds : undefined,
  });
}

/** Signs in; the session cookie is set when this resolves. @throws AppError `unauthenticated`, or `rate_limited` with `retryAfter` seconds. */
export async function signInWithPassword(email: string, password: string): Promise<void> {
  await post("callback/credentials", { email, password });
}

/** The address at the identity provider to send the browser to. @param next page of ours to return to, as a path */
export function startSingleSignOn(next = "/"): Promise<string> {
  return post("signin/oidc", { callbackUrl: next });
}

/** Ends this browser's session. */
export async function signOutHere(): Promise<void> {
  await post("signout", { callbackUrl: "/sign-in" });
}

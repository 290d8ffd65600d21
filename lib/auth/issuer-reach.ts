import "server-only";
import { request } from "undici";
import { z } from "zod";
import { isAppError } from "@/lib/core";
import { checkedUrl, createSafeDispatcher, env } from "@/lib/core/server";

const timeoutMs = 5_000;
const mostBytes = 256 * 1024;

const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});

interface Reach {
  ok: boolean;
  /** In words, for an administrator. */
  why: string;
  ms: number;
}

/** Where an issuer says what it is. */
export function discoveryAddress(issuer: string): string {
  return `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of body) {
    received += chunk.byteLength;
    if (received > mostBytes) throw new Error("It answered with more than 256 KiB.");
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function ask(issuer: string): Promise<string> {
  const address = checkedUrl(discoveryAddress(issuer));
  const port = address.port || (address.protocol === "https:" ? "443" : "80");
  // The environment names this host, so its operator allows it, private or not; redirects are not followed.
  const allow = [env().ALLOW_PRIVATE_HOSTS, `${address.hostname}:${port}`].filter(Boolean).join(",");
  const dispatcher = createSafeDispatcher({ allow, connectTimeoutMs: timeoutMs });
  try {
    const answer = await request(address, {
      dispatcher,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: "application/json" },
    });
    const text = await textOf(answer.body);
    if (answer.statusCode !== 200) return `It answered ${answer.statusCode}.`;
    const found = discovery.safeParse(JSON.parse(text));
    if (!found.success) return "Its answer is not a description of an OpenID Connect issuer.";
    const { issuer: named } = found.data;
    return named === issuer ? "" : `It calls itself ${named.slice(0, 200)}, not ${issuer}.`;
  } finally {
    await dispatcher.destroy();
  }
}

function wordsOf(error: unknown): string {
  if (isAppError(error)) return error.message;
  if (error instanceof SyntaxError) return "Its answer is not JSON.";
  if (!(error instanceof Error)) return "It does not answer.";
  if (error.name === "TimeoutError") return `It does not answer within ${timeoutMs / 1000} s.`;
  return `It does not answer: ${error.message}.`;
}

/** Whether the issuer answers now and is who the settings say; never throws. */
export async function reachIssuer(issuer: string): Promise<Reach> {
  const started = performance.now();
  const why = await ask(issuer).catch(wordsOf);
  return { ok: why === "", why: why || "It answers.", ms: Math.round(performance.now() - started) };
}

import { vi } from "vitest";

type Answer = unknown | ((body: unknown, query: URLSearchParams) => unknown);

export interface Sent {
  method: string;
  path: string;
  body: unknown;
}

/** A refusal in the API's own shape. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly message: string,
    readonly details?: { path: string; message: string }[],
    /** What stands against it, as a 409 carries it. */
    readonly conflict?: unknown,
  ) {}
}

/** Never answers: the pending state. */
export const silence = Symbol("silence");

/**
 * Stands where the network stands, by "GET /api/keys". Everything above it is the code that ships.
 * Returns what was sent.
 */
export function answerWith(routes: Record<string, Answer>): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", async (input: string | URL, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    const { pathname: path, searchParams } = new URL(String(input), "http://127.0.0.1:3000");
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    if (method !== "GET") sent.push({ method, path, body });
    const route = routes[`${method} ${path}`];
    if (route === undefined) throw new Error(`Nothing answers ${method} ${path} here`);
    if (route === silence) return new Promise<Response>(() => {});
    const answer = typeof route === "function" ? route(body, searchParams) : route;
    if (answer instanceof Refusal) {
      const { status, code, message, details, conflict } = answer;
      const error = { code, message, details, conflict, request_id: "req_0123456789ab" };
      return Response.json({ error }, { status });
    }
    // Such as `null` as JSON, which is not the same as no content.
    if (answer instanceof Response) return answer;
    return answer === null ? new Response(null, { status: 204 }) : Response.json(answer);
  });
  return sent;
}

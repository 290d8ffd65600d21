import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import next from "next";
import { startAuditLog, stopAuditLog } from "@/lib/audit-log/server";
import { ensureFirstAdministrator, establishSecretKey, flushUses } from "@/lib/auth/server";
import { startCatalog, stopCatalog } from "@/lib/catalog/server";
import { AppError, isAppError, newId } from "@/lib/core";
import { type Env, env, log } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { handleV1, startGateway, stopGateway } from "@/lib/gateway/server";
import { startModels, stopModels } from "@/lib/models/server";
import { flushFetches, handlePrompt, isPromptFetch, startPrompts } from "@/lib/prompts/server";
import { startRegistry } from "@/lib/registry/server";

// Nothing is sent anywhere that nobody asked for.
process.env.NEXT_TELEMETRY_DISABLED = "1";

const dev = process.argv.includes("--dev");
const drainMs = 20_000;

/** Headers that only this process or Next itself may set; a client's own would be believed further in. */
const internalHeaders = [
  "x-middleware-subrequest",
  "x-middleware-rewrite",
  "x-nextjs-data",
  "x-tessera-remote",
  "x-tessera-path",
  "x-request-id",
];
const proxyHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-real-ip",
];

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a Host header may be answered. A page elsewhere can point its own name at 127.0.0.1 and then
 * read our answers as its own origin; a loopback server therefore answers loopback names only.
 */
function isKnownHost(host: string | undefined, settings: Env): boolean {
  if (!host) return false;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (loopbackNames.has(name)) return true;
  if (settings.BASE_URL) return host.toLowerCase() === new URL(settings.baseUrl).host;
  return !loopbackNames.has(settings.HOST) && settings.HOST !== "::1";
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${dev ? " 'unsafe-eval'" : ""}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Workers take the policy of their own response, not the page's. */
const workerPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

function secureHeaders(response: ServerResponse, settings: Env): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  // With the line above it isolates pages from other origins, which lets models in the browser use several threads.
  response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  if (settings.baseUrl.startsWith("https:")) {
    response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ error: { code, message } }));
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function front(settings: Env, handleNext: Handler): Handler {
  return async (request, response) => {
    const target = request.url ?? "";
    // An absolute-form target would make Next fetch another host.
    if (!target.startsWith("/") || target.startsWith("//"))
      return refuse(response, 400, "invalid", "The request target must be a path.");
    if (!isKnownHost(request.headers.host, settings)) {
      return refuse(
        response,
        421,
        "invalid",
        "This workbench does not answer to that host name. Set BASE_URL to use it.",
      );
    }
    for (const name of internalHeaders) delete request.headers[name];
    const forwarded = request.headers["x-forwarded-for"];
    const trusted =
      settings.TRUST_PROXY === "1" && typeof forwarded === "string"
        ? forwarded.split(",").at(-1)?.trim()
        : undefined;
    for (const name of proxyHeaders) delete request.headers[name];
    const requestId = newId("req");
    request.headers["x-request-id"] = requestId;
    request.headers["x-tessera-remote"] = trusted || request.socket.remoteAddress || "unknown";
    response.setHeader("x-request-id", requestId);
    secureHeaders(response, settings);

    if (target === "/v1" || target.startsWith("/v1/") || target.startsWith("/v1?"))
      return handleV1(request, response);
    if (isPromptFetch(request)) return handlePrompt(request, response);
    if (/^\/(workers|ort|models)\/./.test(target)) {
      response.setHeader("Content-Security-Policy", workerPolicy);
      return handleNext(request, response);
    }
    // A layout is not told its address; it needs it to come back after the sign-in.
    request.headers["x-tessera-path"] = target;
    const policy = contentSecurityPolicy(randomBytes(16).toString("base64"));
    // Next reads the nonce for its own scripts from the request's policy.
    request.headers["content-security-policy"] = policy;
    response.setHeader("Content-Security-Policy", policy);
    return handleNext(request, response);
  };
}

async function listen(server: Server, settings: Env): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const { HOST, PORT } = settings;
      if (error.code === "EADDRINUSE") {
        reject(
          new AppError(
            "unavailable",
            `Port ${PORT} on ${HOST} is in use. Stop the other program or set PORT to another one.`,
          ),
        );
      } else if (error.code === "EACCES") {
        reject(
          new AppError("unavailable", `Port ${PORT} needs more rights. Set PORT to a number above 1023.`),
        );
      } else if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
        reject(
          new AppError("unavailable", `${HOST} is not an address of this machine. Set HOST to one that is.`),
        );
      } else reject(error);
    });
    server.listen(settings.PORT, settings.HOST, resolve);
  });
}

function stopOnSignal(server: Server, closeNext: () => Promise<void>): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const hardStop = setTimeout(() => process.exit(1), drainMs + 5_000);
    hardStop.unref();
    server.close();
    server.closeIdleConnections();
    await Promise.all([stopGateway({ drainMs }), stopModels()]);
    stopCatalog();
    server.closeAllConnections();
    await closeNext();
    await Promise.all([flushUses(), flushFetches()]);
    await stopAuditLog();
    await (await db()).close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        log.error("Stopping failed", { error });
        process.exit(1);
      });
    });
  }
}

async function main(): Promise<void> {
  const settings = env();
  const started = performance.now();
  // The port first: nothing is created or changed when another program holds it.
  let handler: Handler = async (_, response) => refuse(response, 503, "unavailable", "Starting.");
  const server = createServer(
    { keepAliveTimeout: 65_000, headersTimeout: 30_000, requestTimeout: 300_000 },
    (request, response) => {
      handler(request, response).catch((error: unknown) => {
        log.error("Unanswered request", { error, path: request.url });
        if (!response.headersSent) refuse(response, 500, "internal", "Something failed here.");
        else response.destroy();
      });
    },
  );
  await listen(server, settings);
  const address = server.address();
  // With PORT=0 the system chose one; links and the origin check must name it.
  if (typeof address === "object" && address) process.env.PORT = String(address.port);
  await db();
  await establishSecretKey();
  await startAuditLog();
  const setupLink = await ensureFirstAdministrator();
  await startGateway();
  await startModels();
  await startRegistry();
  await startPrompts();
  await startCatalog();

  const app = next({ dev, dir: process.cwd(), hostname: settings.HOST, port: settings.PORT });
  await app.prepare();
  const handleNext = app.getRequestHandler();
  handler = front(settings, (request, response) => handleNext(request, response));
  const upgrade = dev ? app.getUpgradeHandler() : undefined;
  // Outside development nothing here speaks WebSocket; Next's own upgrade path follows absolute targets.
  server.on("upgrade", (request, socket, head) => {
    if (upgrade && request.url?.startsWith("/_next/")) void upgrade(request, socket, head);
    else socket.destroy();
  });
  stopOnSignal(server, () => app.close());

  const shown = env().baseUrl;
  process.stdout.write(
    `Tessera is ready at ${shown} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
  );
  if (setupLink) process.stdout.write(`Set it up here, once: ${setupLink}\n`);
}

main().catch((error: unknown) => {
  if (isAppError(error)) process.stderr.write(`tessera: ${error.message}\n`);
  else log.error("The start failed", { error });
  process.exit(1);
});

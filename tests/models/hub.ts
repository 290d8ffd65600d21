import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export const sha = "0123456789abcdef0123456789abcdef01234567";

export interface HubCall {
  /** The hub itself, or the host that it hands large files out from. */
  host: "hub" | "cdn";
  path: string;
  range: string | undefined;
  ifRange: string | undefined;
  authorization: string | undefined;
}

/** What is wrong with the next answers for a path; absent where nothing is. */
export interface Fault {
  /** Breaks the connection after this share of the file. */
  cutAt?: number;
  /** Answers 200 with the whole file to a request for a part. */
  ignoresRanges?: boolean;
  status?: number;
  headers?: Record<string, string>;
  /** Sends these bytes instead. */
  content?: Buffer;
  /** Announces this length; false: none. */
  length?: number | false;
  /** Sends so many bytes, then waits until it is let go. */
  holdAt?: number;
  /** Applies to so many requests only. */
  times?: number;
}

export interface HubOptions {
  files: Record<string, Buffer>;
  repository?: string;
  /** What the hub says of it, on top of its commit. */
  info?: Record<string, unknown>;
  /** Files of at least so many bytes are handed out by the other host. */
  largeFrom?: number;
  /** Only whoever sends this may read. */
  token?: string;
  /** Entries on one page of the list. */
  pageSize?: number;
  /** Instead of the true list. */
  tree?: object[];
}

/** A model hub on loopback, with a second host for large files, and faults on demand. */
export interface FakeHub {
  address: string;
  cdn: string;
  repository: string;
  calls: HubCall[];
  options: HubOptions;
  /** By path in the repository, or `info` and `tree`. */
  faults: Map<string, Fault>;
  files(): HubCall[];
  close(): Promise<void>;
}

const encode = (path: string) => path.split("/").map(encodeURIComponent).join("/");

export const sha256Of = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const gitHashOf = (bytes: Buffer) =>
  createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");

async function listen(server: Server, sockets: Set<Socket>): Promise<string> {
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function startHub(options: HubOptions): Promise<FakeHub> {
  const sockets = new Set<Socket>();
  const calls: HubCall[] = [];
  const faults = new Map<string, Fault>();
  const { repository = "desk/pebble-onnx" } = options;

  const faultOf = (key: string): Fault => {
    const fault = faults.get(key);
    if (!fault) return {};
    if (fault.times !== undefined) {
      if (fault.times <= 0) return {};
      fault.times -= 1;
    }
    return fault;
  };
  const note = (host: HubCall["host"], request: IncomingMessage) => {
    const { range, "if-range": ifRange, authorization } = request.headers;
    calls.push({ host, path: request.url ?? "", range, ifRange: [ifRange].flat()[0], authorization });
  };
  const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
  const refuse = (response: ServerResponse, status: number, headers: Record<string, string> = {}) => {
    response.writeHead(status, headers);
    response.end(JSON.stringify({ error: "no" }));
  };

  const list = () =>
    options.tree ?? [
      { type: "directory", path: "onnx", size: 0, oid: "a".repeat(40) },
      ...Object.entries(options.files).map(([path, bytes]) => ({
        type: "file",
        path,
        size: bytes.length,
        oid: isLarge(bytes) ? "b".repeat(40) : gitHashOf(bytes),
        ...(isLarge(bytes) ? { lfs: { oid: sha256Of(bytes), size: bytes.length, pointerSize: 134 } } : {}),
      })),
    ];
  const isLarge = (bytes: Buffer) => bytes.length >= (options.largeFrom ?? 100_000);

  const send = (path: string, request: IncomingMessage, response: ServerResponse) => {
    const fault = faultOf(path);
    if (fault.status) return refuse(response, fault.status, fault.headers);
    const known = options.files[path];
    if (!known) return refuse(response, 404, { "x-error-code": "EntryNotFound" });
    const bytes = fault.content ?? known;
    const etag = `"${sha256Of(known)}"`;
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (from >= bytes.length && from > 0) return refuse(response, 416);
    const isPart = from > 0 && !fault.ignoresRanges && (request.headers["if-range"] ?? etag) === etag;
    const body = isPart ? bytes.subarray(from) : bytes;
    const length = fault.length ?? body.length;
    response.writeHead(isPart ? 206 : 200, {
      etag,
      ...(length === false ? {} : { "content-length": String(length) }),
      ...(isPart ? { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
      ...fault.headers,
    });
    const skipped = isPart ? from : 0;
    if (fault.cutAt !== undefined) {
      const end = Math.max(0, Math.floor(bytes.length * fault.cutAt) - skipped);
      response.write(body.subarray(0, end), () => setTimeout(() => response.destroy(), 20));
      return;
    }
    if (fault.holdAt !== undefined) {
      response.write(body.subarray(0, Math.max(0, fault.holdAt - skipped)));
      return;
    }
    response.end(body);
  };

  const cdn = createServer((request, response) => {
    note("cdn", request);
    send(decodeURIComponent((request.url ?? "").split("?")[0]?.slice(1) ?? ""), request, response);
  });
  const cdnAddress = await listen(cdn, sockets);

  const server = createServer((request, response) => {
    note("hub", request);
    const url = new URL(request.url ?? "/", "http://hub");
    const api = `/api/models/${encode(repository)}`;
    const commit = String(options.info?.sha ?? sha);
    const files = `/${encode(repository)}/resolve/${commit}/`;
    if (!url.pathname.startsWith(`${api}/`) && !url.pathname.startsWith(files)) {
      return refuse(response, request.headers.authorization ? 404 : 401, { "x-error-code": "RepoNotFound" });
    }
    if (options.token && request.headers.authorization !== `Bearer ${options.token}`) {
      return refuse(response, request.headers.authorization ? 403 : 401, { "x-error-code": "GatedRepo" });
    }
    if (url.pathname.startsWith(files)) {
      const path = decodeURIComponent(url.pathname.slice(files.length));
      const bytes = options.files[path];
      if (!bytes || !isLarge(bytes)) return send(path, request, response);
      response.writeHead(302, { location: `${cdnAddress}/${encodeURIComponent(path)}?signature=x` });
      return response.end();
    }
    if (url.pathname.startsWith(`${api}/revision/`)) {
      const fault = faultOf("info");
      if (fault.status) return refuse(response, fault.status, fault.headers);
      if (!["main", commit].includes(url.pathname.slice(`${api}/revision/`.length)))
        return refuse(response, 404, { "x-error-code": "RevisionNotFound" });
      return json(response, {
        id: repository,
        sha,
        gated: false,
        pipeline_tag: "text-generation",
        ...options.info,
      });
    }
    const fault = faultOf("tree");
    if (fault.status) return refuse(response, fault.status, fault.headers);
    const entries = list();
    const size = options.pageSize ?? entries.length;
    const page = Number(url.searchParams.get("cursor") ?? 0);
    const more = (page + 1) * size < entries.length;
    json(
      response,
      entries.slice(page * size, (page + 1) * size),
      more ? { link: `<http://hub${url.pathname}?recursive=true&cursor=${page + 1}>; rel="next"` } : {},
    );
  });
  const address = await listen(server, sockets);

  return {
    address,
    cdn: cdnAddress,
    repository,
    calls,
    options,
    faults,
    files: () => calls.filter((call) => call.host === "cdn" || call.path.includes("/resolve/")),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([server, cdn].map((each) => new Promise((done) => each.close(done))));
    },
  };
}

import { lookup as resolveName } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, buildConnector, type Dispatcher } from "undici";
import { env } from "./env";
import { AppError } from "./errors";
import { single } from "./single";

type ResolveAll = (
  hostname: string,
  options: { all: true; order: "verbatim" },
  callback: (error: Error | null, addresses: { address: string; family: number }[]) => void,
) => void;

export interface SafeDispatcherOptions {
  /** Private hosts that may be reached: `host` or `host:port`, separated by commas. */
  allow?: string;
  /** Resolves a name to every address it has. */
  resolve?: ResolveAll;
  connectTimeoutMs?: number;
}

// Public by number, yet every Azure machine reaches its host's agent there.
const hostAgents = new Set(["168.63.129.16"]);
const globalUnicast6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address literal lies in the public internet. Everything that is not plainly global unicast is
 * private here: loopback, link-local and metadata addresses, and the IPv6 forms that wrap an IPv4 address
 * (mapped, compatible, NAT64, 6to4, Teredo), because a router may unwrap them.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed instanceof ipaddr.IPv6) return parsed.match(globalUnicast6);
  return !hostAgents.has(parsed.toString());
}

/** Metadata services live on link-local addresses; a name that an administrator allowed may not lead there. */
function isLinkLocal(address: string): boolean {
  return isIP(address) === 0 || ipaddr.process(address).range() === "linkLocal";
}

const bare = (hostname: string) =>
  hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");

function allowedHosts(list: string): Set<string> {
  const hosts = new Set<string>();
  for (const entry of list
    .split(",")
    .map((text) => text.trim())
    .filter(Boolean)) {
    const host = isIP(entry) === 6 ? `[${entry}]` : entry;
    const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
    if (url?.pathname !== "/" || url.username || url.search) {
      throw new AppError("invalid", `ALLOW_PRIVATE_HOSTS: “${entry}” is not a host or host:port.`);
    }
    // The URL parser drops a default port, which then means that port only.
    const port = url.port || (/:80$/.test(host) ? "80" : "");
    hosts.add(port ? `${bare(url.hostname)}:${port}` : bare(url.hostname));
  }
  return hosts;
}

function refusal(hostname: string, port: string): AppError {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return new AppError(
    "unprocessable",
    `${host} is not a public address, so nothing is sent there. To allow it, start the workbench with ALLOW_PRIVATE_HOSTS=${host}:${port}`,
  );
}

/**
 * Parses a URL that a user has set, once: what is checked is what is connected to, so no second parser can
 * read another host out of the same text. @throws AppError `unprocessable`.
 */
export function checkedUrl(text: string): URL {
  const refuse = (why: string) => new AppError("unprocessable", why);
  if (!URL.canParse(text)) throw refuse("This is not a complete URL. It starts with http:// or https://.");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refuse(`${url.protocol} addresses are not reached; use http: or https:.`);
  }
  if (url.username || url.password) throw refuse("Put no user name or password into the URL.");
  if (!url.hostname) throw refuse("The URL names no host.");
  return url;
}

/**
 * An undici dispatcher that connects to public addresses only, and to the private hosts on the allow-list.
 * The check happens on the very addresses that are connected to, at connect time, so a name that resolves
 * differently a second time (DNS rebinding) gains nothing. It follows no redirect.
 */
export function createSafeDispatcher(options: SafeDispatcherOptions = {}): Dispatcher {
  const allowed = allowedHosts(options.allow ?? env().ALLOW_PRIVATE_HOSTS);
  const resolve: ResolveAll = options.resolve ?? resolveName;

  const mayReach = (hostname: string, port: string, address: string) => {
    if (isPublicAddress(address)) return true;
    if (!allowed.has(hostname) && !allowed.has(`${hostname}:${port}`)) return false;
    return hostname === bare(address) || !isLinkLocal(address);
  };

  const connectorFor = (hostname: string, port: string) => {
    const lookup: LookupFunction = (name, settings, callback) => {
      resolve(name, { all: true, order: "verbatim" }, (error, addresses) => {
        if (error) return callback(error, []);
        // All of them: the socket tries each in turn, and so would an attacker's second record.
        const refused =
          addresses.length === 0 || addresses.some(({ address }) => !mayReach(hostname, port, address));
        if (refused) return callback(refusal(hostname, port), []);
        if (settings.all) return callback(null, addresses);
        const [first] = addresses;
        if (first) callback(null, first.address, first.family);
      });
    };
    return buildConnector({ lookup, timeout: options.connectTimeoutMs ?? 10_000, allowH2: false });
  };

  const connectors = new Map<string, buildConnector.connector>();
  const connect: buildConnector.connector = (target, callback) => {
    const hostname = bare(target.hostname);
    const port = target.port || (target.protocol === "https:" ? "443" : "80");
    // A socket does not look up a literal address, and resolvers disagree about names under localhost.
    const isLocal = isIP(hostname) !== 0 || /(^|\.)localhost$/.test(hostname);
    if (isLocal && !mayReach(hostname, port, isIP(hostname) ? hostname : "127.0.0.1")) {
      return callback(refusal(hostname, port), null);
    }
    const key = `${hostname}:${port}`;
    const connector = connectors.get(key) ?? connectorFor(hostname, port);
    if (connectors.size < 1000) connectors.set(key, connector);
    connector(target, callback);
  };
  return new Agent({ connect, maxHeaderSize: 32 * 1024 });
}

/** The one dispatcher for every URL that a user can set. */
export function safeDispatcher(): Dispatcher {
  return single("core.safe-dispatcher", () => createSafeDispatcher());
}

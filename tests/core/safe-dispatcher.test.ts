import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAppError } from "@/lib/core";
import { checkedUrl, createSafeDispatcher, isPublicAddress } from "@/lib/core/server";

let server: Server;
let port = 0;
let reached = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    reached += 1;
    if (request.url === "/redirect") response.writeHead(302, { location: "http://169.254.169.254/latest" });
    response.end("reached");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

async function fetchSafely(text: string, options: Parameters<typeof createSafeDispatcher>[0] = {}) {
  const dispatcher = createSafeDispatcher({ allow: "", ...options });
  try {
    const url = checkedUrl(text);
    const { statusCode, body } = await dispatcher.request({
      origin: url.origin,
      path: url.pathname,
      method: "GET",
    });
    return { statusCode, text: await body.text() };
  } finally {
    await dispatcher.close();
  }
}

/** The refusal's code; a failure of another kind (a timeout, a missing route) is no refusal and is thrown on. */
async function refusalOf(text: string, options: Parameters<typeof createSafeDispatcher>[0] = {}) {
  try {
    const { statusCode } = await fetchSafely(text, options);
    return `answered ${statusCode}`;
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

const hostile = [
  "http://127.0.0.1:PORT/",
  "http://127.1:PORT/",
  "http://127.0.1:PORT/",
  "http://2130706433:PORT/",
  "http://017700000001:PORT/",
  "http://0x7f000001:PORT/",
  "http://0x7f.0.0.1:PORT/",
  "http://0177.0.0.1:PORT/",
  "http://0x7f.1:PORT/",
  "http://127.0.0.1.:PORT/",
  "http://①②⑦.0.0.1:PORT/",
  "http://127。0。0。1:PORT/",
  "http://localhost:PORT/",
  "http://LOCALHOST.:PORT/",
  "http://loc%61lhost:PORT/",
  "http://0:PORT/",
  "http://0.0.0.0:PORT/",
  "http://[::]:PORT/",
  "http://[::1]:PORT/",
  "http://[0:0:0:0:0:0:0:1]:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://[::ffff:7f00:1]:PORT/",
  "http://[::ffff:a9fe:a9fe]/latest/meta-data/",
  "http://[::127.0.0.1]:PORT/",
  "http://[64:ff9b::7f00:1]:PORT/",
  "http://[64:ff9b::169.254.169.254]/",
  "http://[64:ff9b:1::a9fe:a9fe]/",
  "http://[2002:7f00:1::]:PORT/",
  "http://[2002:a9fe:a9fe::1]/",
  "http://[2001:0:7f00:1::]/",
  "http://[::ffff:0:127.0.0.1]/",
  "http://[fe80::1]/",
  "http://[fec0::1]/",
  "http://[fc00::1]/",
  "http://[fd00:ec2::254]/latest/meta-data/",
  "http://[ff02::1]/",
  "http://169.254.169.254/latest/meta-data/",
  "http://0xa9fea9fe/",
  "http://2852039166/",
  "http://169.254.43518/",
  "http://100.100.100.200/latest/meta-data/",
  "http://168.63.129.16/machine",
  "http://192.0.0.192/",
  "http://10.0.0.1/",
  "http://172.16.0.1/",
  "http://172.31.255.255/",
  "http://192.168.1.1/",
  "http://198.18.0.1/",
  "http://224.0.0.1/",
  "http://240.0.0.1/",
  "http://255.255.255.255/",
  "http://user@127.0.0.1:PORT/",
  "http://api.example.com@127.0.0.1:PORT/",
  "http://api.example.com:pw@localhost:PORT/",
  "file:///etc/passwd",
  "gopher://127.0.0.1:PORT/_GET",
  "ftp://127.0.0.1/",
  "javascript:alert(1)",
  "data:text/plain,hello",
  "unix:/var/run/docker.sock",
  "//127.0.0.1/",
  "127.0.0.1:PORT",
  "http://",
];

describe("the safe dispatcher", () => {
  it.each(hostile)("refuses %s", async (form) => {
    const before = reached;
    expect(await refusalOf(form.replace("PORT", String(port)))).toBe("unprocessable");
    expect(reached).toBe(before);
  });

  it("takes only global unicast addresses for public", () => {
    for (const address of ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"]) {
      expect(isPublicAddress(address), address).toBe(true);
    }
    for (const address of [
      "127.0.0.1",
      "::1",
      "::ffff:8.8.8.8x",
      "localhost",
      "",
      "4000::1",
      "5f00::1",
      "3fff::1",
    ]) {
      expect(isPublicAddress(address), address).toBe(false);
    }
  });

  it("judges a mapped address by the address inside", () => {
    expect(isPublicAddress("::ffff:8.8.8.8")).toBe(true);
    expect(isPublicAddress("::ffff:10.0.0.1")).toBe(false);
  });

  it("names the host and the setting that allows it", async () => {
    const failure = fetchSafely(`http://127.0.0.1:${port}/`);
    await expect(failure).rejects.toThrow(`ALLOW_PRIVATE_HOSTS=127.0.0.1:${port}`);
    await expect(failure).rejects.toThrow("127.0.0.1 is not a public address");
  });

  it.each(["127.0.0.1", "127.0.0.1:PORT", "other:1, 127.0.0.1:PORT"])(
    "reaches a private host that is allowed as %s",
    async (allow) => {
      const answer = await fetchSafely(`http://127.0.0.1:${port}/`, {
        allow: allow.replace("PORT", String(port)),
      });
      expect(answer).toEqual({ statusCode: 200, text: "reached" });
    },
  );

  it("does not take another port or another spelling's host for the allowed one", async () => {
    expect(await refusalOf(`http://127.0.0.1:${port}/`, { allow: `127.0.0.1:${port + 1}` })).toBe(
      "unprocessable",
    );
    expect(await refusalOf(`http://127.0.0.1:${port}/`, { allow: "localhost" })).toBe("unprocessable");
    expect(await refusalOf(`http://127.0.0.1:${port}/`, { allow: "127.0.0.1:80" })).toBe("unprocessable");
  });

  it("refuses an allow-list that it does not understand", () => {
    expect(() => createSafeDispatcher({ allow: "http://localhost" })).toThrow("ALLOW_PRIVATE_HOSTS");
    expect(() => createSafeDispatcher({ allow: "user@localhost" })).toThrow("ALLOW_PRIVATE_HOSTS");
  });

  it("refuses a name of which one address of several is private", async () => {
    const resolve: Parameters<typeof createSafeDispatcher>[0] = {
      resolve: (_name, _options, callback) =>
        callback(null, [
          { address: "93.184.215.14", family: 4 },
          { address: "127.0.0.1", family: 4 },
        ]),
    };
    expect(await refusalOf(`http://two-faced.example:${port}/`, resolve)).toBe("unprocessable");
  });

  it("checks every new connection, so a name that resolves differently the second time is refused", async () => {
    const answers = ["127.0.0.1", "169.254.169.254", "127.0.0.1"];
    const seen: string[] = [];
    const dispatcher = createSafeDispatcher({
      allow: "rebind.example",
      resolve: (_name, _options, callback) => {
        const address = answers[seen.length] ?? "127.0.0.1";
        seen.push(address);
        callback(null, [{ address, family: 4 }]);
      },
    });
    const ask = () =>
      dispatcher.request({
        origin: `http://rebind.example:${port}`,
        path: "/",
        method: "GET",
        headers: { connection: "close" },
      });
    expect(await (await ask()).body.text()).toBe("reached");
    await expect(ask()).rejects.toThrow("is not a public address");
    expect(seen).toEqual(answers.slice(0, 2));
    await dispatcher.close();
  });

  it("connects to the very address it checked, without resolving again", async () => {
    let lookups = 0;
    const flipping: Parameters<typeof createSafeDispatcher>[0] = {
      allow: `flip.example:${port}`,
      resolve: (_name, _options, callback) => {
        lookups += 1;
        callback(null, [{ address: "127.0.0.1", family: 4 }]);
      },
    };
    expect((await fetchSafely(`http://flip.example:${port}/`, flipping)).statusCode).toBe(200);
    expect(lookups).toBe(1);
  });

  it("does not let an allowed name lead to a metadata address", async () => {
    const options: Parameters<typeof createSafeDispatcher>[0] = {
      allow: "internal.example",
      resolve: (_name, _options, callback) => callback(null, [{ address: "169.254.169.254", family: 4 }]),
    };
    expect(await refusalOf("http://internal.example/", options)).toBe("unprocessable");
  });

  it("hands a redirect back instead of following it", async () => {
    const before = reached;
    const answer = await fetchSafely(`http://127.0.0.1:${port}/redirect`, { allow: "127.0.0.1" });
    expect(answer.statusCode).toBe(302);
    expect(reached).toBe(before + 1);
  });

  it("passes on a name that does not resolve as a failure of the network, not as a refusal", async () => {
    const options: Parameters<typeof createSafeDispatcher>[0] = {
      resolve: (_name, _options, callback) =>
        callback(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []),
    };
    await expect(fetchSafely("http://absent.example/", options)).rejects.toMatchObject({ code: "ENOTFOUND" });
  });
});

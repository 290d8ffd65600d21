import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

interface Person {
  sub: string;
  email?: string;
  email_verified?: boolean;
  /** Further claims of the ID token. */
  [claim: string]: unknown;
}

interface Grant {
  challenge: string;
  nonce: string;
  redirectUri: string;
  person: Person;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}

/** What a test may make the issuer do wrong. */
interface Faults {
  nonce?: string;
  audience?: string;
  issuer?: string;
}

/** An OpenID Connect issuer that insists on PKCE, on a port of its own. */
export async function startIssuer(clientId: string) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  const faults: Faults = {};
  let url = "";

  const idToken = ({ person, nonce }: Grant) => {
    const now = Math.floor(Date.now() / 1000);
    const head = base64url({ alg: "RS256", kid: "k1" });
    const claims = { iss: url, aud: clientId, iat: now, exp: now + 60, nonce, ...person };
    const body = base64url({
      ...claims,
      nonce: faults.nonce ?? nonce,
      aud: faults.audience ?? clientId,
      iss: faults.issuer ?? url,
    });
    const signature = createSign("RSA-SHA256").update(`${head}.${body}`).sign(privateKey, "base64url");
    return `${head}.${body}.${signature}`;
  };

  const server = createServer(async (request, response) => {
    const json = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    };
    const path = new URL(request.url ?? "/", url).pathname;
    if (path === "/.well-known/openid-configuration") {
      return json(200, {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      });
    }
    if (path === "/keys") {
      return json(200, {
        keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: "RS256" }],
      });
    }
    const form = await bodyOf(request);
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const verifier = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (
      path !== "/token" ||
      !grant ||
      verifier !== grant.challenge ||
      form.get("redirect_uri") !== grant.redirectUri
    ) {
      return json(400, { error: "invalid_grant" });
    }
    return json(200, { access_token: randomUUID(), token_type: "Bearer", id_token: idToken(grant) });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The issuer has no port");
  url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    faults,
    /** What the person does in the browser at the issuer: agrees, and is sent back with a code. */
    approve(authorizationUrl: string, person: Person): string {
      const { searchParams } = new URL(authorizationUrl);
      const wanted = (name: string) => {
        const value = searchParams.get(name);
        if (!value) throw new Error(`The authorization request has no ${name}`);
        return value;
      };
      if (wanted("code_challenge_method") !== "S256") throw new Error("PKCE is not S256");
      const code = randomUUID();
      const redirectUri = wanted("redirect_uri");
      grants.set(code, { challenge: wanted("code_challenge"), nonce: wanted("nonce"), redirectUri, person });
      return `${redirectUri}?${new URLSearchParams({ code, state: wanted("state") })}`;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

import { GET as AUTH_GET, POST as AUTH_POST } from "@/app/api/auth/[...nextauth]/route";
import { GET as ME } from "@/app/api/me/route";

const origin = "http://127.0.0.1:3000";

/**
 * A browser's `fetch` over the real route handlers, with its cookies and the headers a page of ours sends.
 * @param ip the address the server in front would note
 */
export function browser(ip = "127.0.0.1") {
  const cookies = new Map<string, string>();
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(path, origin);
    const headers = new Headers(init.headers);
    headers.set("x-tessera-remote", ip);
    headers.set("user-agent", "browser");
    if (cookies.size > 0)
      headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    if (init.method === "POST" && !headers.has("origin")) headers.set("origin", origin);
    const sent = new Request(url, { ...init, headers });
    const handler = url.pathname === "/api/me" ? ME : init.method === "POST" ? AUTH_POST : AUTH_GET;
    const response = await handler(sent);
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const at = pair.indexOf("=");
      const expired = attributes.some((a) => /^ *max-age=0$/i.test(a));
      if (expired) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
  return { request, cookies };
}

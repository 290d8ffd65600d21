/** Where to go after sign-in. Only a path of this origin: `//host` and `/\host` would lead elsewhere. */
export function localPath(value: string | null | undefined, fallback = "/playground"): string {
  if (!value?.startsWith("/")) return fallback;
  const base = "http://local.invalid";
  const url = URL.parse(value, base);
  if (!url || url.origin !== base || /^\/[/\\]/.test(value)) return fallback;
  if (url.pathname === "/sign-in") return fallback;
  return url.pathname + url.search + url.hash;
}

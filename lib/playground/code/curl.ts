import { bodyOf, type CodeRequest } from "./request";

// Linux takes no single argument above 128 KiB.
const longestArgument = 100_000;

/** In single quotes nothing is expanded; a single quote itself is put between two such texts. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** For POSIX shells. */
export function curlCode(request: CodeRequest, origin: string): string {
  const body = JSON.stringify(bodyOf(request), null, 2);
  const start = [
    `curl ${quoted(`${origin}/v1/chat/completions`)} \\`,
    '  -H "Authorization: Bearer $TESSERA_API_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
  ];
  // No line of JSON is the word that ends it, and a quoted end keeps the shell from reading what is before.
  const data =
    new TextEncoder().encode(body).length > longestArgument
      ? ["  --data-binary @- <<'JSON'", body, "JSON"]
      : [`  -d ${quoted(body)}`];
  return `${[...start, ...data].join("\n")}\n`;
}

/** Which of UTF-16's two orders a text without a mark has, by where the zero bytes of ASCII in it stand. */
function wideOrder(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const sample = bytes.subarray(0, 4_096);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even++;
    else odd++;
  });
  const many = sample.length / 2 / 3;
  if (odd > many && even === 0) return "utf-16le";
  if (even > many && odd === 0) return "utf-16be";
  return undefined;
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return wideOrder(bytes) ?? "utf-8";
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// What no text holds: control characters but tab, line ends, form feed and escape.
// biome-ignore lint/suspicious/noControlCharactersInRegex: logs hold escapes.
const binary = /[^\P{Cc}\t\n\r\f\u001B\u0080-\u009F]/u;

/**
 * The text of a file in UTF-8 or UTF-16, with or without a mark, else in the old Western code page. Line
 * ends become \n. Undefined for what is no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const text = decoded(bytes, encodingOf(bytes)) ?? decoded(bytes, "windows-1252");
  if (text === undefined || binary.test(text)) return undefined;
  return text.replace(/\r\n?/g, "\n");
}

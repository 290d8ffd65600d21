import { env } from "./env";

const levels = { debug: 10, info: 20, warn: 30, error: 40, silent: 99 } as const;
type Level = Exclude<keyof typeof levels, "silent">;
type Fields = Record<string, unknown>;

const secretName = /pass(word)?|secret|token|authorization|cookie|api[-_]?key|bearer/i;
const secretText = /\b(tsr_[0-9A-Za-z]{12}_)[0-9A-Za-z]{38}\b|\b(sk-)[0-9A-Za-z_-]{8,}|(Bearer )[^\s"']+/g;

/** The value as it may be logged: secrets by field name and by form are replaced, errors keep their cause chain. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.replace(secretText, (_, a, b, c) => `${a ?? b ?? c}•••`);
  if (value instanceof Error) {
    return {
      name: value.name,
      message: redact(value.message),
      stack: redact(value.stack),
      cause: redact(value.cause, depth + 1),
    };
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth > 5) return "…";
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretName.test(key) && typeof item !== "number" ? "•••" : redact(item, depth + 1),
    ]),
  );
}

function write(level: Level, message: string, fields: Fields = {}): void {
  if (levels[level] < levels[env().LOG_LEVEL]) return;
  const line = {
    time: new Date().toISOString(),
    level,
    message: redact(message),
    ...(redact(fields) as Fields),
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Structured log lines on standard error, one JSON object each. */
export const log = {
  debug: (message: string, fields?: Fields) => write("debug", message, fields),
  info: (message: string, fields?: Fields) => write("info", message, fields),
  warn: (message: string, fields?: Fields) => write("warn", message, fields),
  error: (message: string, fields?: Fields) => write("error", message, fields),
};

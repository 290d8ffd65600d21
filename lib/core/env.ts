import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { AppError } from "./errors";

const optionalText = z.string().trim().min(1).optional();

/** Every setting the application reads; `.env.example` is generated from the descriptions. */
export const envSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe("Port to listen on."),
  HOST: z
    .string()
    .trim()
    .min(1)
    .default("127.0.0.1")
    .describe("Address to listen on. 0.0.0.0 opens it to the network."),
  BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Address people use to reach the workbench; default http://HOST:PORT."),
  TRUST_PROXY: z
    .enum(["0", "1"])
    .default("0")
    .describe("1 when a reverse proxy that sets X-Forwarded-For stands in front."),
  DATA_DIR: z
    .string()
    .trim()
    .min(1)
    .default("./data")
    .describe("Folder of the embedded database, files and keys."),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("PostgreSQL 15 or later instead of the embedded database."),
  MODELS_DIR: optionalText.describe("Folder of downloaded and imported models; default DATA_DIR/models."),
  SECRET_KEY: z
    .string()
    .min(32)
    .optional()
    .describe("Master key, 32 characters or more; else made once in DATA_DIR/secret.key."),
  AUDIT_ANCHOR_FILE: optionalText.describe(
    "File that notes the end of the audit log every minute; default DATA_DIR/audit-anchors.jsonl. Another disk is better.",
  ),
  ONNX_DEVICE: z
    .enum(["auto", "cuda", "webgpu", "cpu"])
    .default("auto")
    .describe("Device of the server's ONNX engine."),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("OpenID Connect issuer for single sign-on."),
  OIDC_CLIENT_ID: optionalText.describe("OpenID Connect client id."),
  OIDC_CLIENT_SECRET: optionalText.describe("OpenID Connect client secret."),
  OIDC_GROUPS_CLAIM: z
    .string()
    .trim()
    .min(1)
    .default("groups")
    .describe("Claim of the ID token whose values put people into the groups mapped to them."),
  OIDC_ADMIN_GROUP: optionalText.describe(
    "Value of that claim that makes an administrator, for as long as the claim has it.",
  ),
  ALLOW_PRIVATE_HOSTS: z
    .string()
    .default("")
    .describe("Comma-separated private host[:port] that connections may reach, such as localhost:11434."),
  ADMIN_EMAIL: z.email().optional().describe("Unattended first start: the administrator's e-mail."),
  ADMIN_PASSWORD: z
    .string()
    .min(12)
    .optional()
    .describe("Unattended first start: the administrator's password, 12 characters or more."),
  ADMIN_API_KEY: optionalText.describe(
    "Unattended first start: a key in the form tsr_<12>_<38> with a valid checksum.",
  ),
  KEEP_PROMPT_VARIABLES: z
    .enum(["0", "1"])
    .default("1")
    .describe("0 keeps the values of a prompt's variables out of the record of calls."),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("Lowest level written to the log."),
});

type RawEnv = z.infer<typeof envSchema>;

export interface Env extends RawEnv {
  /** Absolute. */
  dataDir: string;
  /** Absolute. */
  modelsDir: string;
  /** Absolute. */
  anchorFile: string;
  /** Without a trailing slash. */
  baseUrl: string;
}

/** Parses settings. Empty values count as absent. @throws AppError `invalid` naming each wrong setting. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([key, value]) => key in envSchema.shape && value !== ""),
  );
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    const details = parsed.error.issues.map((issue) => ({
      path: issue.path.join("."),
      message: issue.message,
    }));
    throw new AppError("invalid", details.map((d) => `${d.path}: ${d.message}`).join("; "), { details });
  }
  const raw = parsed.data;
  const root = process.cwd();
  const absolute = (path: string) =>
    isAbsolute(path) ? path : resolve(/*turbopackIgnore: true*/ root, path);
  const dataDir = absolute(raw.DATA_DIR);
  return {
    ...raw,
    dataDir,
    anchorFile: raw.AUDIT_ANCHOR_FILE
      ? absolute(raw.AUDIT_ANCHOR_FILE)
      : resolve(dataDir, "audit-anchors.jsonl"),
    modelsDir: raw.MODELS_DIR ? absolute(raw.MODELS_DIR) : resolve(dataDir, "models"),
    baseUrl: (
      raw.BASE_URL ?? `http://${raw.HOST.includes(":") ? `[${raw.HOST}]` : raw.HOST}:${raw.PORT}`
    ).replace(/\/+$/, ""),
  };
}

const names = Object.keys(envSchema.shape);
let parsedFrom: string | undefined;
let parsedEnv: Env | undefined;

/** The process's settings; parsed again only when one of them has changed. */
export function env(): Env {
  const source = JSON.stringify(names.map((name) => process.env[name]));
  if (parsedEnv === undefined || source !== parsedFrom) {
    parsedEnv = parseEnv(process.env);
    parsedFrom = source;
  }
  return parsedEnv;
}

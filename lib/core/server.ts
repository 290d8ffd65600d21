import "server-only";

export { type Env, env, envSchema, parseEnv } from "./env";
export { log, redact } from "./log";
export { checkedUrl, createSafeDispatcher, isPublicAddress, safeDispatcher } from "./safe-dispatcher";
export { createSecretKey, deriveKey, readSecretKey, secretKey } from "./secret-key";
export { dropSingle, single } from "./single";
export { parseInput, toWireError } from "./wire";

import "server-only";

export { type Env, env, envSchema, parseEnv } from "./env";
export { log, redact } from "./log";
export { dropSingle, single } from "./single";
export { parseInput, toWireError } from "./wire";

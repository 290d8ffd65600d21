import { randomBytes } from "node:crypto";

// Vite names its own public path BASE_URL, in the environment of the tests too.
if (process.env.BASE_URL === "/") delete process.env.BASE_URL;
process.env.SECRET_KEY ??= randomBytes(32).toString("base64");

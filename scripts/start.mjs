import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { requireNode } from "./console.mjs";

requireNode();
const { buildWorkbench, generateClient, installDependencies, root } = await import("./prepare.mjs");
await installDependencies();
await generateClient();
await buildWorkbench();
process.env.NODE_ENV = "production";
await import(pathToFileURL(join(root, "dist", "server.mjs")).href);

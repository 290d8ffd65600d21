import { spawn } from "node:child_process";
import { join } from "node:path";
import { requireNode, say } from "./console.mjs";

requireNode();
const { generateClient, installDependencies, root } = await import("./prepare.mjs");
await installDependencies();
await generateClient();
const { watchAll } = await import("./build.mjs");

let server;
let stopping = false;

function start() {
  server = spawn(process.execPath, ["--enable-source-maps", join(root, "dist", "server.mjs"), "--dev"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const own = server;
  own.on("exit", (code) => {
    if (own === server && !stopping && code !== 0)
      say("The server stopped; it starts again when a file changes.");
  });
}

/** The old process gives the data folder back before the new one takes it. */
function restart() {
  const old = server;
  if (!old || old.exitCode !== null) return start();
  old.once("exit", start);
  old.kill("SIGTERM");
}

let timer;
await watchAll(() => {
  clearTimeout(timer);
  timer = setTimeout(restart, 200);
});
start();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stopping = true;
    server?.once("exit", () => process.exit(0));
    server?.kill(signal);
  });
}

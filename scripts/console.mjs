// Plain lines for a person at a terminal; used before anything is installed, so it knows only Node.

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function fail(line, code = 1) {
  process.stderr.write(`tessera: ${line}\n`);
  process.exit(code);
}

/** Refuses a Node that the dependencies do not run on. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const enough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (!enough)
    fail(`Node ${process.versions.node} is not supported. Install Node 20.19, 22.12, 24 or later.`);
}

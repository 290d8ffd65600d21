import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PrismaPGlite } from "pglite-prisma-adapter";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

/** Prisma's schema engine as WebAssembly: the native one would be a download. */
async function loadEngine() {
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm"));
  const engine = await import(pathToFileURL(join(folder, "schema_engine_bg.js")).href);
  const wasm = readFileSync(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine.SchemaEngine;
}

function schemaFiles() {
  const folder = join(root, "prisma", "schema");
  const names = readdirSync(folder).filter((name) => name.endsWith(".prisma"));
  return names.map((name) => {
    const path = join(folder, name);
    return { path, content: readFileSync(path, "utf8") };
  });
}

/** A driver as the engine calls it: values in a wrapper. A failure ends everything, so it may simply be thrown. */
function asResults(target) {
  const wrap =
    (method) =>
    async (...args) => ({ ok: true, value: await method.apply(target, args) });
  return {
    adapterName: target.adapterName,
    provider: target.provider,
    queryRaw: wrap(target.queryRaw),
    executeRaw: wrap(target.executeRaw),
    executeScript: wrap(target.executeScript),
    dispose: wrap(target.dispose),
    getConnectionInfo: () => ({ ok: true, value: target.getConnectionInfo() }),
  };
}

/** The statements that lead from the database's present form to the schema; empty when they agree. */
export async function missingSql(pg) {
  const SchemaEngine = await loadEngine();
  const files = schemaFiles();
  const connection = asResults(await new PrismaPGlite(pg).connect());
  const factory = {
    adapterName: connection.adapterName,
    provider: connection.provider,
    connect: async () => ({ ok: true, value: connection }),
    connectToShadowDb: async () => ({ ok: true, value: connection }),
  };
  const datamodels = files.map(({ path, content }) => [path, content]);
  const engine = await SchemaEngine.new({ datamodels }, () => {}, factory);
  const { exitCode, stdout } = await engine.diff({
    from: { tag: "schemaDatasource", files, configDir: root },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: true,
    // Tables with hand-written indexes are named here, or the diff would drop those.
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 0 ? "" : `${stdout.trim()}\n`;
}

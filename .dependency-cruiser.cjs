const domains = require("./lib/domains.cjs");

const names = Object.keys(domains);
const door = "(index|client|server)\\.ts$";
const serverOnly = "node_modules/server-only/";

/** One rule a domain: nothing outside the table's row. */
const table = names.map((name) => ({
  name: `domain-${name}`,
  comment: `lib/${name} may import only: ${domains[name].join(", ") || "nothing"}`,
  severity: "error",
  from: { path: `^lib/${name}/` },
  to: { path: "^lib/", pathNot: [`^lib/(${[name, ...domains[name]].join("|")})/`] },
}));

const doors = names.map((name) => ({
  name: `door-${name}`,
  comment: `lib/${name} is entered through index, client or server`,
  severity: "error",
  from: { pathNot: [`^lib/${name}/`, "^tests/", "^bench/"] },
  to: { path: `^lib/${name}/`, pathNot: [`^lib/${name}/${door}`] },
}));

module.exports = {
  forbidden: [
    ...table,
    ...doors,
    {
      name: "no-circular",
      severity: "error",
      from: { pathNot: "/generated/" },
      to: { circular: true, viaOnly: { pathNot: "/generated/" } },
    },
    {
      name: "lib-knows-no-page",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components)/" },
    },
    {
      name: "components-know-no-page",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^app/" },
    },
    {
      name: "rows-only-in-stores",
      comment: "Prisma and its rows are seen by lib/db and by store files alone",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: ["^lib/db/", "/store(/|\\.|-)[^/]*"] },
      to: { path: ["^lib/db/generated/", "node_modules/@prisma/"] },
    },
    {
      name: "browser-reaches-no-server",
      comment: "What a component, an index or a client door reaches must run in a browser",
      severity: "error",
      from: { path: ["^components/", `^lib/[^/]+/(index|client)\\.ts$`, "^lib/inference/engines/browser"] },
      to: { reachable: true, path: [serverOnly, "^lib/db/", "node_modules/(pg|undici|onnxruntime-node)/"] },
    },
    {
      name: "not-to-dev-dependency",
      severity: "error",
      from: { path: "^(app|components|lib|server\\.ts)" },
      to: {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["type-only"],
        pathNot: ["node_modules/@types/"],
      },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: { path: "^(app|components|lib|server)" },
      to: { couldNotResolve: true },
    },
  ],
  required: [
    {
      name: "routes-are-guarded",
      comment: "Every route handler goes through the auth wrapper",
      severity: "error",
      module: { path: "^app/api/.+/route\\.ts$", pathNot: "^app/api/auth/\\[\\.\\.\\.nextauth\\]/" },
      to: { path: "^lib/auth/server\\.ts$" },
    },
    {
      name: "server-doors-are-marked",
      severity: "error",
      module: { path: "^lib/[^/]+/server\\.ts$" },
      to: { path: serverOnly },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^\\.next", "^dist/", "^public/"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};

import { documentWith } from "../playground/documents";
import { type MatrixWorld, nameCanary } from "./matrix-world";

/** What a request to a route holds that it would be granted with. */
export interface RouteInput {
  /** Of the path, in its order. */
  params?: string[];
  query?: Record<string, string>;
  body?: unknown;
  /** The same for what does not exist; only where an object is asked for. */
  absent?: Omit<RouteInput, "absent">;
}

const none = "none_kestrel";
const chat = (model: string) => ({ model, messages: [{ role: "user", content: "Hi" }] });
const report = (model: string) => ({ model, device: "CPU", durationMs: 1, outcome: "ok", parameters: {} });
const ballot = (model: string) => ({
  task: "",
  contenders: [
    { model, engine: "server" },
    { model, engine: "browser" },
  ],
  outcome: { kind: "tie" },
  promptHash: "0".repeat(64),
});

const catalogName = `${nameCanary}_catalog`;
const schemaName = `${nameCanary}_schema`;

/** Of Unity Catalog's interface, where everything is named in full. */
function unityInputs(owner: string): Record<string, RouteInput> {
  const base = "/api/2.1/unity-catalog";
  const inputs: Record<string, RouteInput> = {};
  const add = (name: string, input: RouteInput) => {
    const [method, path] = name.split(" ");
    inputs[`${method} ${base}/${path}`] = input;
  };
  const named = (name: string, body?: unknown, rest: string[] = []): RouteInput => {
    const sent = body === undefined ? {} : { body };
    const gone = name.replaceAll(nameCanary, "gone");
    return { params: [name, ...rest], ...sent, absent: { params: [gone, ...rest], ...sent } };
  };
  const inPlace = (more: object): RouteInput => {
    const place = { catalog_name: catalogName, schema_name: schemaName };
    return {
      body: { ...more, ...place },
      absent: { body: { ...more, catalog_name: "gone", schema_name: "gone" } },
    };
  };
  const listed: RouteInput = {
    query: { catalog_name: catalogName, schema_name: schemaName },
    absent: { query: { catalog_name: "gone", schema_name: "gone" } },
  };
  const schema = `${catalogName}.${schemaName}`;
  add("POST catalogs", { body: { name: "mine" } });
  add("GET catalogs/[name]", named(catalogName));
  add("PATCH catalogs/[name]", named(catalogName, { comment: "b" }));
  add("DELETE catalogs/[name]", named(catalogName));
  add("GET schemas", {
    query: { catalog_name: catalogName },
    absent: { query: { catalog_name: "gone" } },
  });
  add("POST schemas", {
    body: { name: "mine", catalog_name: catalogName },
    absent: { body: { name: "mine", catalog_name: "gone" } },
  });
  add("GET schemas/[name]", named(schema));
  add("PATCH schemas/[name]", named(schema, { comment: "b" }));
  add("DELETE schemas/[name]", named(schema));
  add("GET tables", listed);
  add("POST tables", inPlace({ name: "mine", table_type: "MANAGED", columns: [] }));
  add("GET volumes", listed);
  add("POST volumes", inPlace({ name: "mine", volume_type: "MANAGED" }));
  add("GET functions", listed);
  const info = {
    name: "mine",
    input_params: { parameters: [] },
    data_type: "INT",
    full_data_type: "INT",
    routine_body: "SQL",
    routine_definition: "1",
    parameter_style: "S",
    is_deterministic: true,
    sql_data_access: "CONTAINS_SQL",
    is_null_call: false,
    security_type: "DEFINER",
    specific_name: "mine",
  };
  const placed = inPlace(info);
  add("POST functions", {
    body: { function_info: placed.body },
    absent: { body: { function_info: placed.absent?.body } },
  });
  for (const kind of ["table", "volume", "function"]) {
    add(`GET ${kind}s/[name]`, named(`${schema}.${nameCanary}_${kind}`));
    add(`DELETE ${kind}s/[name]`, named(`${schema}.${nameCanary}_${kind}`));
  }
  add("PATCH volumes/[name]", named(`${schema}.${nameCanary}_volume`, { comment: "b" }));
  add("GET models", listed);
  const model = `main.default.${nameCanary}-model`;
  add("GET models/[name]", named(model));
  add("POST models", inPlace({ name: "mine" }));
  add("PATCH models/[name]", named(model, { comment: "b" }));
  add("DELETE models/[name]", named(model));
  const version = { catalog_name: "main", schema_name: "default", source: "pebble-2m" };
  add("POST models/versions", {
    body: { ...version, model_name: `${nameCanary}-model` },
    absent: { body: { ...version, model_name: "gone" } },
  });
  add("DELETE models/[name]/versions/[version]", named(model, undefined, ["1"]));
  add("GET models/[name]/versions", named(model));
  add("GET models/[name]/versions/[version]", named(model, undefined, ["1"]));
  const changes = { changes: [{ principal: owner, add: ["SELECT"], remove: [] }] };
  const granted = (body?: object): RouteInput => {
    const sent = body === undefined ? {} : { body };
    return {
      params: ["schema", schema],
      ...sent,
      absent: { params: ["schema", "gone.gone"], ...sent },
    };
  };
  add("GET permissions/[securable_type]/[full_name]", granted());
  add("PATCH permissions/[securable_type]/[full_name]", granted(changes));
  const policy = {
    policy_type: "POLICY_TYPE_ROW_FILTER",
    for_securable_type: "TABLE",
    to_principals: [owner],
    row_filter: { function_name: `${schema}.${nameCanary}_function` },
  };
  const onSchema = { ...policy, name: "mine", on_securable_type: "schema", on_securable_fullname: schema };
  add("POST policies", {
    body: onSchema,
    absent: { body: { ...onSchema, on_securable_fullname: "gone.gone" } },
  });
  const path = "policies/[on_securable_type]/[on_securable_fullname]";
  const policies = (rest: string[] = [], body?: object): RouteInput => ({
    ...(body ? { body } : {}),
    params: ["schema", schema, ...rest],
    absent: { params: ["schema", "gone.gone", ...rest], ...(body ? { body } : {}) },
  });
  add(`GET ${path}`, policies());
  add(`GET ${path}/[name]`, policies([`${nameCanary}_policy`]));
  add(`PATCH ${path}/[name]`, policies([`${nameCanary}_policy`], { comment: "b" }));
  add(`DELETE ${path}/[name]`, policies([`${nameCanary}_policy`]));
  add("GET effective-permissions/[securable_type]/[full_name]", granted());
  return inputs;
}

/** Of the prompt library, where prompts go by their full names. */
function promptInputs(request: string): Record<string, RouteInput> {
  const content = { type: "text", text: "x" };
  const creation = { name: "mine", content };
  const inputs: Record<string, RouteInput> = {
    "POST /api/prompts": {
      body: { ...creation, schema: `${catalogName}.${schemaName}` },
      absent: { body: { ...creation, schema: "gone.gone" } },
    },
    "GET /api/playground/prompt-feedback": {
      query: { prompt: `${catalogName}.${schemaName}.${nameCanary}_prompt` },
      absent: { query: { prompt: "gone.gone.gone" } },
    },
    "POST /api/prompt-files/import": {
      body: {
        files: [
          { path: "x.md", text: `---\nname: ${catalogName}.${schemaName}.${nameCanary}_prompt\n---\nHi` },
          { path: "y.md", text: `---\nname: ${catalogName}.${schemaName}.mine\n---\nHi` },
        ],
      },
    },
    "PUT /api/prompt-moves/[id]": {
      params: [request],
      body: { decision: "approve" },
      absent: { params: [none], body: { decision: "approve" } },
    },
  };
  const add = (route: string, body?: unknown, rest: string[] = []) => {
    const [method, path] = route.split(" ");
    const sent = body === undefined ? {} : { body };
    inputs[`${method} /api/prompts/[name]${path}`] = {
      params: [`${catalogName}.${schemaName}.${nameCanary}_prompt`, ...rest],
      ...sent,
      absent: { params: ["gone.gone.gone", ...rest], ...sent },
    };
  };
  const move = { version: 1, from: null };
  add("GET ");
  add("GET /detail");
  add("POST /render", {});
  add("GET /usage");
  add("GET /invocations/[id]", undefined, [none]);
  add("GET /versions");
  add("POST /versions", { content, message: "m", base: 1 });
  add("GET /versions/[number]", undefined, ["1"]);
  add("GET /draft");
  add("PUT /draft", { content, baseNumber: 1, revision: null });
  add("DELETE /draft");
  add("GET /draft/merge");
  add("POST /draft/merge", { message: "m", revision: 1 });
  add("GET /aliases");
  add("PUT /aliases/[alias]", move, ["beta"]);
  add("DELETE /aliases/[alias]", { from: 1 }, ["production"]);
  add("POST /aliases/[alias]/undo", { move: "1" }, ["production"]);
  add("POST /aliases/[alias]/requests", move, ["staging"]);
  add("PUT /aliases/[alias]/rule", { movers: [], approval: true }, ["staging"]);
  add("DELETE /aliases/[alias]/rule", undefined, ["staging"]);
  return inputs;
}

/** For every route that needs more than its path, by method and path. */
export function routeInputs({ ids, called }: MatrixWorld): Record<string, RouteInput> {
  const at = (id: string, rest: string[] = [], more: object = {}): RouteInput => ({
    params: [id, ...rest],
    ...more,
    absent: { params: [none, ...rest], ...more },
  });
  const collection = (body: unknown): RouteInput => ({ body });
  const object = ids.schema;
  const full = `${nameCanary}_catalog.${nameCanary}_schema`;
  const grants = (id: string) => ({
    objectIds: [id],
    changes: [{ principalId: ids.owner, add: ["USE SCHEMA"], remove: [] }],
  });
  const registered = (rest: string[] = [], more: object = {}) => at(ids.model, rest, more);
  const byModel = (make: (model: string) => unknown): RouteInput => ({
    body: make(called),
    absent: { body: make(none) },
  });
  const policy = (functionId: string) => ({
    name: "mine",
    to: [ids.owner],
    definition: { type: "row_filter", functionId },
  });
  const document = documentWith();
  return {
    ...unityInputs(ids.owner),
    ...promptInputs(ids.promptMove),
    "GET /v1/models/[model]": at(called),
    "POST /v1/chat/completions": byModel(chat),
    "POST /v1/completions": byModel((model) => ({ model, prompt: "Hi" })),
    "POST /v1/embeddings": byModel((model) => ({ model, input: "Hi" })),
    "POST /api/invocations": byModel(report),
    "POST /api/playground/votes": byModel(ballot),
    "DELETE /api/models/[name]": { params: [called] },
    "POST /api/models/[name]/load": at(called),
    "GET /api/models/[name]/files/[...path]": at(called, ["config.json"]),
    "HEAD /api/models/[name]/files/[...path]": at(called, ["config.json"]),
    "PATCH /api/models/hub": collection({ quotaBytes: 1 }),
    "POST /api/models/imports": collection({ folder: "/tmp/none" }),
    "POST /api/models/repository": collection({ repository: "a/b" }),
    "POST /api/models/downloads": collection({ repository: "a/b" }),
    "DELETE /api/models/downloads/[name]": { params: [none] },
    "POST /api/models/downloads/[name]/pause": { params: [none] },
    "POST /api/models/downloads/[name]/resume": { params: [none] },

    "POST /api/models/registry": collection({ name: "mine", servedAs: called }),
    "POST /api/models/registry/imports": { query: { file: "a.zip" } },
    "GET /api/models/registry/model": {
      query: { name: `${nameCanary}-model` },
      absent: { query: { name: none } },
    },
    "GET /api/models/registry/resolve": {
      query: { name: `${nameCanary}-model`, version: "1" },
      absent: { query: { name: none, version: "1" } },
    },
    "GET /api/models/registry/[id]": registered(),
    "PATCH /api/models/registry/[id]": registered([], { body: { revision: 1, description: "x" } }),
    "DELETE /api/models/registry/[id]": registered([], { body: {} }),
    "GET /api/models/registry/[id]/usage": registered(),
    "GET /api/models/registry/[id]/dependents": registered(),
    "GET /api/models/registry/[id]/aliases": registered(),
    "PUT /api/models/registry/[id]/aliases/[alias]": registered(["champion"], {
      body: { version: 1, from: null },
    }),
    "DELETE /api/models/registry/[id]/aliases/[alias]": registered(["champion"], { body: { from: 1 } }),
    "POST /api/models/registry/[id]/aliases/[alias]/undo": registered(["champion"], { body: { move: "1" } }),
    "POST /api/models/registry/[id]/versions": registered([], { body: { servedAs: "pebble-2m" } }),
    "PATCH /api/models/registry/[id]/versions/[number]": registered(["1"], { body: { tags: {} } }),
    "DELETE /api/models/registry/[id]/versions/[number]": registered(["1"], { body: {} }),
    "POST /api/models/registry/[id]/versions/[number]/approval": registered(["1"], { body: {} }),
    "PATCH /api/models/registry/[id]/versions/[number]/approval": registered(["1"], {
      body: { state: "approved" },
    }),
    "GET /api/models/registry/[id]/versions/[number]/card": registered(["1"]),
    "GET /api/models/registry/[id]/versions/[number]/dependents": registered(["1"]),
    "POST /api/models/registry/[id]/versions/[number]/license": registered(["1"]),
    "POST /api/models/registry/[id]/versions/[number]/metrics": registered(["1"], {
      body: { source: "x", metrics: [{ name: "a", value: 1 }] },
    }),

    "POST /api/connections": collection({ name: "mine", baseUrl: "http://127.0.0.1:9/v1", models: ["a"] }),
    "POST /api/connections/test": collection({ baseUrl: "http://127.0.0.1:9/v1", id: ids.connection }),
    "PATCH /api/connections/[id]": at(ids.connection, [], { body: { version: 1, name: "mine" } }),
    "DELETE /api/connections/[id]": at(ids.connection),

    "POST /api/users": collection({ email: "eve@example.org" }),
    "GET /api/users/[id]": at(ids.owner),
    "PATCH /api/users/[id]": at(ids.owner, [], { body: { disabled: true } }),
    "POST /api/users/[id]/reset": at(ids.owner),
    "POST /api/service-principals": collection({ name: "mine" }),
    "GET /api/service-principals/[id]": at(ids.servicePrincipal),
    "PATCH /api/service-principals/[id]": at(ids.servicePrincipal, [], { body: { revision: 1, name: "b" } }),
    "DELETE /api/service-principals/[id]": at(ids.servicePrincipal),
    "POST /api/service-principals/[id]/keys": at(ids.servicePrincipal, [], { body: { name: "mine" } }),
    "GET /api/principals/[id]/keys": at(ids.owner),
    "GET /api/principals/[id]/revocation": at(ids.owner),
    "POST /api/principals/[id]/revocation": at(ids.owner, [], { body: { deactivate: true } }),
    "GET /api/principals/[id]/sessions": at(ids.owner),
    "DELETE /api/principals/[id]/sessions": at(ids.owner),
    "POST /api/groups": collection({ name: "mine" }),
    "GET /api/groups/[id]": { params: [ids.group] },
    "PATCH /api/groups/[id]": { params: [ids.group], body: { revision: 1, name: "b" } },
    "DELETE /api/groups/[id]": { params: [ids.group] },
    "POST /api/groups/[id]/members": { params: [ids.group], body: { ids: [ids.owner] } },
    "DELETE /api/groups/[id]/members": { params: [ids.group], body: { ids: [ids.owner] } },
    "POST /api/keys": collection({ name: "mine" }),
    "DELETE /api/keys/[id]": at(ids.key),
    "DELETE /api/sessions/[id]": at(ids.session),

    "GET /api/audit/events/[id]": at(ids.event),
    "PUT /api/audit/retention": collection({ days: null }),
    "POST /api/audit/searches": collection({ name: "mine", filter: {} }),
    "PATCH /api/audit/searches/[id]": at(ids.search, [], { body: { name: "b" } }),
    "DELETE /api/audit/searches/[id]": at(ids.search),

    "POST /api/playground": collection({ document }),
    "GET /api/playground/[id]": at(ids.playground),
    "PUT /api/playground/[id]": at(ids.playground, [], { body: { version: 1, title: "b" } }),
    "DELETE /api/playground/[id]": at(ids.playground),
    "PUT /api/playground/[id]/folder": at(ids.playground, [], { body: { folder: "b" } }),
    "POST /api/playground/[id]/restore": at(ids.playground),
    "PUT /api/playground/folders": collection({ from: "a", to: "b" }),
    "POST /api/playground/import": collection({ folder: "", sessions: [{ document }] }),
    "POST /api/playground/snapshots": collection({ document }),
    "GET /api/playground/snapshots/[id]": at(ids.snapshot),
    "DELETE /api/playground/snapshots/[id]": at(ids.snapshot),
    "DELETE /api/playground/votes/[id]": at(ids.vote),

    "POST /api/catalog/objects": {
      body: { kind: "schema", parentId: ids.catalog, name: "mine" },
      absent: { body: { kind: "schema", parentId: none, name: "mine" } },
    },
    "GET /api/catalog/objects/[id]": at(object),
    "PATCH /api/catalog/objects/[id]": at(object, [], { body: { revision: 1, comment: "b" } }),
    "DELETE /api/catalog/objects/[id]": at(object),
    "GET /api/catalog/objects/[id]/contents": at(object),
    "GET /api/catalog/objects/[id]/effective": at(ids.table),
    "GET /api/catalog/objects/[id]/grants": at(ids.table),
    "GET /api/catalog/objects/[id]/policies": at(object),
    "POST /api/catalog/objects/[id]/policies": at(object, [], { body: policy(ids.function) }),
    "GET /api/catalog/objects/[id]/reading": at(ids.table),
    "PATCH /api/catalog/policies/[id]": at(ids.policy, [], {
      body: { ...policy(ids.function), revision: 1 },
    }),
    "DELETE /api/catalog/policies/[id]": at(ids.policy),
    "PUT /api/catalog/objects/[id]/owner": at(object, [], { body: { principalId: ids.owner, revision: 1 } }),
    // What was not dropped is not brought back, whoever asks.
    "POST /api/catalog/objects/[id]/restore": at(object),
    "PATCH /api/catalog/objects/[id]/tags": at(object, [], { body: { set: { a: "b" } } }),
    "GET /api/catalog/explain/all": {
      query: { object: full, kind: "schema" },
      absent: { query: { object: "a.b", kind: "schema" } },
    },
    "GET /api/catalog/explain": {
      query: { privilege: "USE SCHEMA", object: full, kind: "schema" },
      absent: { query: { privilege: "USE SCHEMA", object: "a.b", kind: "schema" } },
    },
    "PATCH /api/catalog/grants": { body: grants(object), absent: { body: grants(none) } },
    "POST /api/catalog/grants/preview": { body: grants(object), absent: { body: grants(none) } },
    "GET /api/catalog/lookup": {
      query: { name: full, kind: "schema" },
      absent: { query: { name: "a.b", kind: "schema" } },
    },
    "GET /api/catalog/principals/[id]/effective": { params: [ids.owner] },
    "POST /api/catalog/requests": collection({ name: "a.b.c", kind: "model", privileges: ["EXECUTE"] }),
    "DELETE /api/catalog/requests/[id]": at(ids.request),
    "GET /api/catalog/requests/[id]/effect": at(ids.request),
    "PUT /api/catalog/requests/[id]/decision": at(ids.request, [], { body: { decision: "grant" } }),
  };
}

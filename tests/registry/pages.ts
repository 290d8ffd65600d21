import type { ModelVersion, RegisteredModel, RegisteredSummary } from "@/lib/registry";

export const at = "2026-11-21T09:11:00.000Z";
const mira = { id: "usr_mira", name: "Mira" };
export const noor = { id: "usr_noor", name: "Noor" };

const file = (path: string, size: number, mark: string) => ({ path, size, sha256: mark.repeat(64) });

export const first: ModelVersion = {
  number: 1,
  servedAs: "pebble-2m",
  state: "ready",
  unfit: null,
  description: "Short answers.",
  source: { origin: "built-in" },
  files: [file("config.json", 528, "a"), file("onnx/model.onnx", 9_000_000, "b"), file("old.json", 10, "c")],
  bytes: 9_000_538,
  signature: {
    task: "chat",
    inputs: [{ name: "messages", type: "messages" }],
    outputs: [{ name: "message", type: "text" }],
    context: 512,
  },
  parameters: 2_202_048,
  license: "Apache-2.0",
  isLicenseOpen: true,
  licenseAccepted: null,
  runs: { server: true, browser: true, remote: false, weightBytes: 9_000_000, browserBytes: 9_400_000 },
  tags: {},
  aliases: ["champion"],
  metrics: [
    {
      name: "sentiment",
      value: 0.653,
      low: 0.598,
      high: 0.705,
      count: 300,
      source: "model card",
      by: null,
      at,
    },
    { name: "topic", value: 0.717, source: "model card", by: null, at },
  ],
  approvals: [],
  deprecation: null,
  createdBy: null,
  createdAt: at,
};

export const second: ModelVersion = {
  ...first,
  number: 2,
  servedAs: "gemma-q4",
  source: {
    origin: "hub",
    hub: "https://huggingface.co",
    repository: "onnx-community/gemma",
    revision: "0123456789abcdef0123456789abcdef01234567",
    weights: "q4",
  },
  files: [
    file("config.json", 528, "a"),
    file("onnx/model.onnx", 190_000_000, "d"),
    file("new.json", 10, "e"),
  ],
  license: "Gemma Terms of Use",
  isLicenseOpen: false,
  aliases: [],
  metrics: [
    { name: "sentiment", value: 0.81, low: 0.76, high: 0.85, count: 300, source: "nightly", by: mira, at },
  ],
  createdBy: mira,
};

export const triage: RegisteredModel = {
  id: "mdl_triage",
  name: "ticket-triage",
  description: "Sorts tickets.",
  owner: mira,
  tags: { team: "support" },
  approvalRequired: false,
  deprecation: null,
  revision: 4,
  createdBy: mira,
  createdAt: at,
  versions: [second, first],
  aliases: [{ alias: "champion", version: 1, updatedAt: at }],
  may: { manage: true, import: true },
};

export const summary: RegisteredSummary = {
  id: triage.id,
  name: triage.name,
  description: triage.description,
  owner: mira,
  tags: triage.tags,
  isDeprecated: false,
  versions: 2,
  pending: 1,
  aliases: [{ alias: "champion", version: 1 }],
  latest: {
    number: 2,
    task: "chat",
    origin: "hub",
    license: second.license,
    state: "ready",
    deprecation: null,
    runs: second.runs,
    createdAt: at,
  },
};

export const move = {
  id: "7",
  alias: "champion",
  from: null,
  to: 1,
  why: "The only one.",
  by: mira,
  at,
  undoes: null,
  isLast: true,
};

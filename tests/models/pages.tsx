import { act, fireEvent, screen, within } from "@testing-library/react";
import { ModelsPage } from "@/components/models/models-page";
import type { Download } from "@/lib/models";
import { show } from "../ui/page";

export const commit = "0123456789abcdef0123456789abcdef01234567";
export const hub = "https://huggingface.co";
const pebble = {
  name: "pebble-2m",
  task: "chat",
  origin: "built-in",
  description: "Short answers.",
  license: "Apache-2.0",
  parameters: 2_202_048,
  context: 512,
  bytes: 11_502_000,
};
const smol = {
  ...pebble,
  name: "smollm2-135m-instruct-q4",
  origin: "downloaded",
  dtype: "q4",
  parameters: 135_000_000,
  context: 8192,
  bytes: 181_000_000,
  source: { hub, repository: "HuggingFaceTB/SmolLM2-135M-Instruct", revision: commit },
};
export const imported = {
  ...pebble,
  name: "paper-q4",
  origin: "imported",
  parameters: undefined,
  license: "unknown",
};
export const here = {
  models: [pebble, smol, imported],
  partialBytes: 0,
  freeBytes: 61.4e9,
  quotaBytes: null,
};
const remote = {
  id: "hosted/large",
  task: "chat",
  engine: "remote",
  inBrowser: false,
  description: "",
  connection: "hosted",
  ownedBy: "hosted",
  created: 1,
};
const system = {
  machine: { cores: 8, memoryBytes: 1, freeDiskBytes: 1, listens: "127.0.0.1:3000" },
  engine: {
    device: "CPU",
    threads: 8,
    busy: 0,
    slots: 1,
    waiting: 0,
    models: [{ name: "pebble-2m", state: "ready", device: "CPU", memoryBytes: 8_962_630 }],
  },
  gateway: { active: 0, limit: 512, unsettled: 0 },
};
export const qwen: Download = {
  name: "qwen3-0.6b-q4",
  repository: "onnx-community/Qwen3-0.6B-ONNX",
  revision: "main",
  dtype: "q4",
  state: "running",
  bytes: 704e6,
  total: 1.12e9,
  verifiedBytes: 12e6,
  verifiedFiles: 5,
  files: 6,
  bytesPerSecond: 18.2e6,
  secondsLeft: 23,
};
export const routes = {
  "GET /api/models": [remote],
  "GET /api/models/local": here,
  "GET /api/models/downloads": [] as Download[],
  "GET /api/system": system,
  "GET /api/models/hub": { address: hub, tokenLast4: "WXYZ", quotaBytes: null },
};

export const click = (element: Element) => act(async () => void fireEvent.click(element));
export const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
export const send = () =>
  act(async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") ?? document.body));
export const row = (title: string) =>
  within(screen.getByRole("heading", { name: title }).closest("li") as HTMLElement);
export const open = (admin = true, search = "") =>
  show(<ModelsPage admin={admin} />, { path: "/models", search });

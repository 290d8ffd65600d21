import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CodeRequest, codeFor } from "@/lib/playground/code";
import { bodyOf } from "@/lib/playground/code/request";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
const python = process.env.TESSERA_PYTHON ?? "python3";
const key = "tsr_key with 'quotes'";

function hasPackage(): boolean {
  try {
    execFileSync(python, ["-c", "import openai"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const words = [
  `It's "quoted" and \\backslashed\\ \\n`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a shell would expand.
  "$(touch /tmp/hit) `id` ${HOME} $HOME !! %s %d {{x}} {x}",
  "first\nsecond\r\nthird\ttab\u0000nul\u2028line\u0085next\u007f",
  "emoji 👩‍👩‍👧 日本語 é \\u0041",
  "JSON\n'''\n\"\"\"\nEOF",
  "*/ // # --",
].join("\n");

const requests: Record<string, CodeRequest> = {
  "a plain one": { model: "pebble-2m", messages: [{ role: "user", content: "Hi" }], parameters: {} },
  "one with every parameter and hostile words": {
    model: "host/large's",
    messages: [
      { role: "system", content: words },
      {
        role: "user",
        content: [
          { type: "text", text: words },
          { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0=" } },
        ],
      },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: '{"a":"\'"}' } }],
      },
      { role: "tool", tool_call_id: "c1", content: "" },
      { role: "user", content: words },
    ],
    parameters: {
      temperature: 0,
      top_p: 0.9,
      top_k: 40,
      min_p: 0.05,
      max_tokens: 400,
      stop: ["\n", "'\"`$("],
      seed: -9_007_199_254_740_991,
      presence_penalty: -0.5,
      frequency_penalty: 1e-7,
    },
    responseFormat: { type: "regex", pattern: "^(\\d+|'\")$" },
    logprobs: 0,
  },
  "one with a schema that names members oddly": {
    model: "pebble-2m",
    messages: [{ role: "user", content: "Hi" }],
    parameters: {},
    responseFormat: {
      type: "json_schema",
      json_schema: {
        name: "answer",
        strict: true,
        schema: JSON.parse(
          '{"type":"object","properties":{"__proto__":{"type":"null"},"a b":{},"class":{"enum":[null,true,false]}},"required":[]}',
        ) as Record<string, unknown>,
      },
    },
    logprobs: 5,
  },
  "a prompt by its name": {
    model: "pebble-2m",
    messages: [{ role: "user", content: "Sort it" }],
    parameters: { temperature: 0.2 },
    named: {
      prompt: {
        name: "main.support.triage",
        version: 3,
        variables: { ticket: words },
        placeholders: { history: [{ role: "user", content: words }] },
      },
      parameters: { top_k: 40 },
    },
  },
};

let server: Server;
let origin = "";
let received: { url?: string; authorization?: string; type?: string; body: string } | undefined;
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tessera-code-"));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { authorization, "content-type": type } = request.headers;
      received = { url: request.url, authorization, type, body: Buffer.concat(chunks).toString("utf8") };
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          id: "c",
          object: "chat.completion",
          created: 1,
          model: "m",
          choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "it ran" } }],
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const env = (): NodeJS.ProcessEnv => ({
  NODE_ENV: "test",
  PATH: process.env.PATH,
  HOME: folder,
  TESSERA_API_KEY: key,
  PYTHONUTF8: "1",
  NO_PROXY: "*",
});

function expectSent(request: CodeRequest, stdout: string): void {
  expect(stdout).toContain("it ran");
  expect(received).toMatchObject({ url: "/v1/chat/completions", authorization: `Bearer ${key}` });
  expect(received?.type).toContain("application/json");
  // Compared as text too: `toEqual` does not see a member named __proto__.
  const sorted = (text: string) =>
    JSON.stringify(JSON.parse(text), (_, value: unknown) => sortedMembers(value));
  expect(sorted(withoutEmpty(received?.body ?? ""))).toBe(sorted(JSON.stringify(bodyOf(request))));
}

/** The packages send an empty list of messages beside a prompt. */
const withoutEmpty = (body: string) => body.replace(/"messages":\s*\[\],?/, "");

function sortedMembers(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

describe.each(Object.entries(requests))("code for %s", (_, request) => {
  it("runs in a shell as pasted", async () => {
    received = undefined;
    const { stdout } = await run("bash", ["-c", codeFor(request, "curl", origin)], { env: env() });
    expectSent(request, stdout);
  });

  it("runs with the openai package in TypeScript", async () => {
    received = undefined;
    const file = join(folder, "call.mjs");
    await build({
      stdin: { contents: codeFor(request, "typescript", origin), loader: "ts", resolveDir: root },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: file,
      logLevel: "error",
    });
    const { stdout } = await run(process.execPath, [file], { env: env() });
    expectSent(request, stdout);
  });

  it.skipIf(!hasPackage())(
    `runs with the openai package in Python (skipped where ${python} has none; set TESSERA_PYTHON)`,
    async () => {
      received = undefined;
      const file = join(folder, "call.py");
      writeFileSync(file, codeFor(request, "python", origin));
      const { stdout } = await run(python, [file], { env: env() });
      expectSent(request, stdout);
    },
  );
});

describe("code", () => {
  it("compiles strictly in TypeScript, extra fields included", () => {
    const name = join(root, "tests", "playground", "pasted-call.ts");
    const options: ts.CompilerOptions = {
      strict: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ["node"],
    };
    const code = Object.values(requests)
      .map((request) => codeFor(request, "typescript", origin).replace('import OpenAI from "openai";\n', ""))
      .map((block) => `{${block}}`)
      .join("\n");
    const source = `import OpenAI from "openai";\n${code}`;
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile;
    host.getSourceFile = (path, ...rest) =>
      path === name ? ts.createSourceFile(path, source, ts.ScriptTarget.ES2022) : read(path, ...rest);
    const exists = host.fileExists;
    host.fileExists = (path) => path === name || exists(path);
    const problems = ts.getPreEmitDiagnostics(ts.createProgram([name], options, host));
    expect(problems.map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, "\n"))).toEqual([]);
  });

  it("sends a prompt that is too long for an argument", async () => {
    const content = `${words}\n`.repeat(2_000);
    const request: CodeRequest = { model: "m", messages: [{ role: "user", content }], parameters: {} };
    const file = join(folder, "long.sh");
    writeFileSync(file, codeFor(request, "curl", origin));
    const { stdout } = await run("bash", [file], { env: env() });
    expectSent(request, stdout);
  });

  it("sends half a character as the sign for what was lost", () => {
    const request: CodeRequest = {
      model: "m",
      messages: [{ role: "user", content: "a\ud800b" }],
      parameters: {},
    };
    for (const language of ["curl", "python", "typescript"] as const) {
      const code = codeFor(request, language, origin);
      expect(code.isWellFormed()).toBe(true);
      expect(code).not.toMatch(/\\ud800/i);
      expect(code).toContain("a\uFFFDb");
    }
  });

  it("takes an origin with or without a slash", () => {
    const request = requests["a plain one"];
    if (!request) throw new Error("There is no such request.");
    expect(codeFor(request, "python", "https://t.example/")).toBe(
      codeFor(request, "python", "https://t.example"),
    );
  });
});

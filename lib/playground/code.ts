import { curlCode } from "./code/curl";
import { pythonCode } from "./code/python";
import type { CodeRequest } from "./code/request";
import { typescriptCode } from "./code/typescript";

export type { CodeRequest } from "./code/request";
export type CodeLanguage = "curl" | "python" | "typescript";

const writers = { curl: curlCode, python: pythonCode, typescript: typescriptCode } as const;

/**
 * Code that sends a call to this workbench and prints the answer, without streaming. It runs as pasted once
 * TESSERA_API_KEY is in the environment. `origin` is the workbench's, such as `https://tessera.example`.
 */
export function codeFor(request: CodeRequest, language: CodeLanguage, origin: string): string {
  return writers[language](request, origin.replace(/\/+$/, ""));
}

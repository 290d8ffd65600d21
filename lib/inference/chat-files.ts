import { runsInBrowser, weightFilesOf } from "./model-weights";
import type { ModelManifest } from "./schema";

export const generationFile = "generation_config.json";
/** Newer exports keep the chat template in a file of its own. */
export const templateFile = "chat_template.jinja";
export const chatTexts = [
  "config.json",
  generationFile,
  "tokenizer.json",
  "tokenizer_config.json",
  templateFile,
];

/** The files that running a chat model reads, of all that its folder has. */
export function chatFilesOf(manifest: ModelManifest): ModelManifest["files"] {
  const weights = new Set(weightFilesOf(manifest));
  return manifest.files.filter((file) => weights.has(file) || chatTexts.includes(file.path));
}

/** Bytes that a browser fetches before it answers; undefined where it cannot run the model. */
export function browserBytesOf(manifest: ModelManifest): number | undefined {
  if (!runsInBrowser(manifest)) return undefined;
  return chatFilesOf(manifest).reduce((sum, { size }) => sum + size, 0);
}

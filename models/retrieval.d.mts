import type { Measure } from "./evaluation.mjs";

type Embed = (text: string) => Promise<Float32Array | undefined>;

export interface Pair {
  kind: string;
  text: string;
  match: string;
  rivals: string[];
}
export declare function readPairs(): Pair[];
export declare const KINDS: string[];
export declare function openEncoder(model: string, file: string): Promise<Embed>;
export declare function lexical(): Promise<Embed>;
export declare function evaluateRetrieval(
  embed: Embed,
  options?: { limit?: number },
): Promise<Record<string, Partial<Measure> & Pick<Measure, "score" | "n">>>;

import type { PreTrainedTokenizer } from "@huggingface/transformers";

export interface ChatMessage {
  role: string;
  content: string;
}
export interface HeldOutRow {
  task: string;
  messages: ChatMessage[];
  answer: string;
}
export interface TaskResult {
  task: string;
  n: number;
  right: number;
  score: number;
  low: number;
  high: number;
  wrong: (HeldOutRow & { given: string })[];
}
export declare const TASKS: string[];
export declare function readHeldOut(task: string): HeldOutRow[];
export declare function loadTokenizer(model: string): Promise<PreTrainedTokenizer>;
export declare function openChat(
  model: string,
  file?: string,
): Promise<(messages: ChatMessage[]) => Promise<string>>;
export declare function wilson(right: number, n: number, z?: number): [number, number];
export declare function evaluateTask(
  chat: (messages: ChatMessage[]) => Promise<string>,
  task: string,
  limit?: number,
): Promise<TaskResult>;

export interface ChatMessage {
  role: string;
  content: string;
}
export interface HeldOutRow {
  task: string;
  messages: ChatMessage[];
  answer: string;
  schema?: Record<string, unknown>;
}
export interface Measure {
  n: number;
  right: number;
  score: number;
  low: number;
  high: number;
}
interface Options {
  limit?: number;
  exact?: boolean;
  onWrong?(row: HeldOutRow & { given: string }): void;
}
export interface Chat {
  answer(messages: ChatMessage[], schema?: Record<string, unknown>): Promise<string>;
  answers(messages: ChatMessage[], right: string): Promise<boolean>;
}
export declare const Chat: { open(model: string, file: string): Promise<Chat> };
export declare const TASKS: string[];
export declare function readHeldOut(task: string): HeldOutRow[];
export declare function wilson(right: number, n: number, z?: number): [number, number];
export declare function shareOf(right: number, n: number): Measure;
export declare function evaluateTask(
  chat: Chat,
  task: string,
  options?: Options,
): Promise<Record<string, Measure>>;

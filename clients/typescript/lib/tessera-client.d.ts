/** What is wrong with one field. */
export interface Detail {
    path: string;
    message: string;
}
/** A failure, with the workbench's own words where it gave any. */
export declare class TesseraError extends Error {
    readonly name: string;
    /** HTTP status; null where no answer came. */
    readonly status: number | null;
    /** `not_found`, `forbidden`, `invalid`, …; `unreachable` where no answer came. */
    readonly code: string;
    readonly details: readonly Detail[];
    constructor(message: string, facts: Pick<TesseraError, "code"> & Partial<TesseraError>);
    /** The workbench gave no decision: it could not be reached, or failed. A refusal is a decision. */
    get isOutage(): boolean;
}
/** A value for a `{{variable}}`. */
export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;
/** A message in OpenAI's shape. */
export interface Message {
    role: "system" | "developer" | "user" | "assistant" | "tool";
    content?: unknown;
    [field: string]: unknown;
}
export type Placeholders = Readonly<Record<string, readonly Message[]>>;
export interface Variable {
    name: string;
    type: {
        type: "text" | "number" | "boolean";
    } | {
        type: "choice";
        options: string[];
    };
    default?: string;
    description: string;
}
type TemplateMessage = {
    role: "system" | "user" | "assistant";
    text: string;
} | {
    placeholder: string;
};
interface Configuration {
    variables: Variable[];
    model: string | null;
    parameters: Record<string, unknown>;
    responseFormat: Record<string, unknown> | null;
}
/** What a version says. */
export type Content = Configuration & ({
    type: "text";
    text: string;
} | {
    type: "chat";
    messages: TemplateMessage[];
});
/** As `GET /api/prompts/{name}` answers. */
export interface Fetched {
    name: string;
    version: number;
    alias: string | null;
    resolved: Content;
    variables: Variable[];
    placeholders: string[];
}
/** Ready to send to `/v1/chat/completions`. */
export interface Rendered {
    messages: Message[];
    /** Of a text prompt. */
    text: string | null;
    model: string | null;
    parameters: Record<string, unknown>;
    responseFormat: Record<string, unknown> | null;
}
/** Where a prompt came from: `cache` also while a newer one is fetched, `last-known-good` while the workbench is away. */
export type Source = "network" | "cache" | "last-known-good";
/** One version of a prompt, with everything that it refers to in its place. It never changes. */
export declare class Prompt {
    #private;
    readonly name: string;
    readonly version: number;
    readonly alias: string | null;
    /** Without references to other prompts. */
    readonly resolved: Content;
    readonly variables: readonly Variable[];
    readonly placeholders: readonly string[];
    readonly source: Source;
    constructor(fetched: Fetched, source: Source);
    /**
     * Fills it in, here. A value is never read as a template.
     * @throws TesseraError `invalid` naming everything that is missing, `unprocessable` for values of a wrong type
     */
    render(values?: Values, placeholders?: Placeholders): Rendered;
}
export {};
/** Which version: neither is `production`. */
export interface Choice {
    alias?: string;
    version?: number;
}
export interface TesseraOptions {
    /** Address of the workbench. */
    url: string;
    /** An API key, or what gives one. */
    key: string | (() => string | Promise<string>);
    /** Folder for last-known-good copies; without it they are kept in memory alone. Not in a browser. */
    directory?: string;
    /** For so long after its time a prompt is still given at once while a newer one is fetched; 10 minutes. */
    staleSeconds?: number;
    /** An answer that takes longer counts as none; 5 seconds. */
    timeoutMs?: number;
    /** How many prompts are kept in memory; 1,000. */
    entries?: number;
    /** Hears of failures that a copy stood in for. */
    onOutage?: (error: TesseraError, name: string) => void;
    /** Instead of the global one. */
    fetch?: typeof globalThis.fetch;
}
/**
 * Fetches prompts by alias or version. A version is fetched once; an alias again after a minute, while the one at hand
 * is still given. When the workbench is away, the last known good one is; when it refuses, nothing is.
 */
export declare class Tessera {
    #private;
    constructor(options: TesseraOptions);
    /**
     * @param name `catalog.schema.name`
     * @throws TesseraError `not_found` for an alias or version that does not exist: nothing is given in its place
     */
    prompt(name: string, choice?: Choice): Promise<Prompt>;
    /** Forgets what is in memory: the next prompts are asked for. Copies in the folder stay for an outage. */
    clear(): void;
}

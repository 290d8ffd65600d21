import { AppError } from "@/lib/core";
import type { ChatCall } from "../schema";
import { type Constraint, compileConstraint, type Grammar } from "./constraint/constraint";
import { ConstraintRun } from "./constraint/constraint-run";
import { TokenTree } from "./constraint/token-tree";
import { toolCallGrammar } from "./constraint/tool-call-grammar";
import type { TokenConstraint } from "./token-constraint";
import type { Tokenizer } from "./tokenizer";
import { type ToolStyle, toolStyleOf } from "./tool-style";

/** What a call asks its answer to be. */
export interface AnswerFormat {
  constraint?: TokenConstraint;
  toolStyle?: ToolStyle;
}

/** Compiled grammars are kept for the next call with the same one, up to this many. */
const mostKept = 32;

/** The formats in which one model's answers can be had. */
export class AnswerFormats {
  readonly #model: string;
  readonly #tokenizer: Tokenizer;
  readonly #endTokens: ReadonlySet<number>;
  #tree: TokenTree | undefined;
  /** By the grammar's JSON; the one used last is the last. */
  readonly #compiled = new Map<string, Constraint>();

  constructor(model: string, tokenizer: Tokenizer, endTokens: ReadonlySet<number>) {
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#endTokens = endTokens;
  }

  /** @throws AppError `invalid` for a schema, pattern or tools that cannot be held to, and for tools the model does not know */
  of(call: ChatCall): AnswerFormat {
    const { responseFormat, tools = [], toolChoice } = call;
    const usesTools =
      (tools.length > 0 && toolChoice !== "none") ||
      call.messages.some(({ role, tool_calls }) => role === "tool" || tool_calls?.length);
    const toolStyle = usesTools ? this.#toolStyle() : undefined;
    if (toolStyle && tools.length > 0 && toolChoice !== "none") {
      if (responseFormat && responseFormat.type !== "text") {
        throw new AppError("invalid", "A response format together with tools is not offered.", {
          param: "response_format",
        });
      }
      return { toolStyle, constraint: this.#toolConstraint(call, toolStyle) };
    }
    if (!responseFormat || responseFormat.type === "text") return { toolStyle };
    const grammar: Grammar =
      responseFormat.type === "json_schema"
        ? { type: "json_schema", schema: responseFormat.json_schema.schema }
        : responseFormat;
    return { toolStyle, constraint: this.#run(grammar) };
  }

  /** Without a mark before a call, an answer that may be text is not held to anything. */
  #toolConstraint(call: ChatCall, style: ToolStyle): TokenConstraint | undefined {
    const { tools = [], toolChoice = "auto" } = call;
    const choice = typeof toolChoice === "object" ? toolChoice.function : toolChoice;
    if (choice === "none" || (choice === "auto" && style.prefix === "")) return undefined;
    const chosen = tools.map((tool) => ({ name: tool.function.name, parameters: tool.function.parameters }));
    const parallel = style.prefix !== "" && call.parallelToolCalls !== false;
    return this.#run(toolCallGrammar(chosen, choice, { ...style, parallel }));
  }

  #toolStyle(): ToolStyle {
    const style = toolStyleOf(this.#tokenizer.template);
    if (style) return style;
    throw new AppError(
      "invalid",
      `${this.#model} does not know tools: its chat template has no place for them.`,
      {
        param: "tools",
      },
    );
  }

  #run(grammar: Grammar): TokenConstraint {
    const key = JSON.stringify(grammar);
    const constraint = this.#compiled.get(key) ?? compileConstraint(grammar);
    this.#compiled.delete(key);
    this.#compiled.set(key, constraint);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > mostKept && oldest !== undefined) this.#compiled.delete(oldest);
    return new ConstraintRun(constraint, this.#tokens());
  }

  #tokens(): TokenTree {
    const bytes = this.#tokenizer.tokenBytes;
    if (!bytes) {
      throw new AppError(
        "invalid",
        `${this.#model} cannot be held to a format: its tokens have no fixed text.`,
        { param: "response_format" },
      );
    }
    this.#tree ??= new TokenTree(bytes, this.#endTokens);
    return this.#tree;
  }
}

/** How a model writes tool calls, as its chat template shows them. */
export interface ToolStyle {
  /** What begins a call; "" when a call is the whole answer. */
  prefix: string;
  suffix: string;
  /** Between two calls. */
  separator: string;
  argumentsKey: "arguments" | "parameters";
}

/** Hermes: Qwen 2.5 and 3, SmolLM 3, Hermes and many others. */
const tagged: ToolStyle = {
  prefix: "<tool_call>\n",
  suffix: "\n</tool_call>",
  separator: "\n",
  argumentsKey: "arguments",
};

/** Llama 3.1 and later: the answer is one JSON object. */
const bare: ToolStyle = { prefix: "", suffix: "", separator: "", argumentsKey: "parameters" };

/** The style that a chat template teaches, or nothing when it knows no tools. */
export function toolStyleOf(template: string): ToolStyle | undefined {
  if (!/\btools\b/.test(template)) return undefined;
  if (template.includes("<tool_call>")) return tagged;
  if (/"parameters"/.test(template)) return bare;
  return undefined;
}

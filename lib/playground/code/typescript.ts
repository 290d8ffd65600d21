import { literal, typescript } from "./literal";
import { bodyOf, type CodeRequest, splitBody } from "./request";

/** With the `openai` package; what its types do not know is spread in as a plain object. */
export function typescriptCode(request: CodeRequest, origin: string): string {
  const { known, extra } = splitBody(bodyOf(request));
  const lines = Object.entries(known).map(([name, value]) => `  ${name}: ${literal(value, typescript, 1)},`);
  if (Object.keys(extra).length > 0) {
    lines.push("  // Not in OpenAI's types.", `  ...(${literal(extra, typescript, 1)} as object),`);
  }
  return `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: ${literal(`${origin}/v1`, typescript)},
  apiKey: process.env.TESSERA_API_KEY,
});

const completion = await client.chat.completions.create({
${lines.join("\n")}
});
console.log(completion.choices[0]?.message.content);
`;
}

import { literal, python } from "./literal";
import { bodyOf, type CodeRequest, splitBody } from "./request";

/** With the `openai` package; what OpenAI does not know goes through `extra_body`. */
export function pythonCode(request: CodeRequest, origin: string): string {
  const { known, extra } = splitBody(bodyOf(request));
  const given = Object.keys(extra).length > 0 ? { ...known, extra_body: extra } : known;
  const lines = Object.entries(given).map(([name, value]) => `    ${name}=${literal(value, python, 1)},`);
  return `import os

from openai import OpenAI

client = OpenAI(
    base_url=${literal(`${origin}/v1`, python)},
    api_key=os.environ["TESSERA_API_KEY"],
)

completion = client.chat.completions.create(
${lines.join("\n")}
)
print(completion.choices[0].message.content)
`;
}

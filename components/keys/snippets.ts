export interface SnippetInput {
  /** Ends in /v1. */
  baseUrl: string;
  key: string;
  model: string;
}

export const snippetKinds = ["curl", "python", "typescript"] as const;
export type SnippetKind = (typeof snippetKinds)[number];

export const snippetNames: Record<SnippetKind, string> = {
  curl: "curl",
  python: "Python",
  typescript: "TypeScript",
};

const question = "Is this review positive or negative? The lamp arrived on time and works well.";

/** A first call that works as it stands, with the openai packages unchanged. */
export function snippet(kind: SnippetKind, { baseUrl, key, model }: SnippetInput): string {
  const body = JSON.stringify({ model, messages: [{ role: "user", content: question }] });
  if (kind === "curl") {
    return `curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '${body}'`;
  }
  if (kind === "python") {
    return `from openai import OpenAI

client = OpenAI(base_url="${baseUrl}", api_key="${key}")
answer = client.chat.completions.create(
    model=${JSON.stringify(model)},
    messages=[{"role": "user", "content": ${JSON.stringify(question)}}],
)
print(answer.choices[0].message.content)`;
  }
  return `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${baseUrl}", apiKey: "${key}" });
const answer = await client.chat.completions.create({
  model: ${JSON.stringify(model)},
  messages: [{ role: "user", content: ${JSON.stringify(question)} }],
});
console.log(answer.choices[0].message.content);`;
}

/** What a call filled in, as far as it is kept. */
export function VariableWords({ variables }: { variables: Record<string, string> | null }) {
  if (variables === null) return <span className="text-fg-subtle">not kept</span>;
  const entries = Object.entries(variables);
  if (entries.length === 0) return <span className="text-fg-subtle">none</span>;
  const words = entries.map(([name, value]) => `${name}: ${value}`).join(", ");
  return <span title={words.slice(0, 1_000)}>{words.slice(0, 200)}</span>;
}

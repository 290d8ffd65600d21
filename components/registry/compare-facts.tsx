import { parameterCount, tokenCount } from "@/components/models/figures";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { byteCount } from "@/lib/core";
import type { ModelVersion } from "@/lib/registry";
import { approvalWord, sourceWords, taskWords } from "./words";

interface Sides {
  a: ModelVersion;
  b: ModelVersion;
}

const facts: [name: string, of: (version: ModelVersion) => string][] = [
  ["Called as", ({ servedAs }) => servedAs],
  ["Source", ({ source }) => sourceWords(source)],
  ["Task", ({ signature }) => taskWords[signature.task]],
  ["Context", ({ signature }) => tokenCount(signature.context)],
  ["Parameters", ({ parameters }) => parameterCount(parameters)],
  ["Size", ({ files, bytes }) => (files.length === 0 ? "no files here" : byteCount(bytes))],
  ["Licence", ({ license }) => license],
  ["State", ({ state }) => state],
  ["Approval", (version) => approvalWord(version)?.state ?? "not asked for"],
  ["Aliases", ({ aliases }) => aliases.join(", ") || "none"],
  [
    "Tags",
    ({ tags }) =>
      Object.entries(tags)
        .map((pair) => pair.filter(Boolean).join(": "))
        .join(", ") || "none",
  ],
];

/** Two versions in the same words; what differs is marked. */
export function CompareFacts({ a, b }: Sides) {
  return (
    <Table label={`v${a.number} and v${b.number}`}>
      <thead>
        <tr>
          <Th className="w-32">Configuration</Th>
          <Th>v{a.number}</Th>
          <Th>v{b.number}</Th>
        </tr>
      </thead>
      <tbody>
        {facts.map(([name, of]) => {
          const [before, after] = [of(a), of(b)];
          const isSame = before === after;
          return (
            <Tr key={name}>
              <Td className="text-fg-muted">{name}</Td>
              <Td
                className="max-w-80 truncate max-sm:w-1/2 max-sm:whitespace-normal max-sm:wrap-anywhere"
                title={before}
              >
                {isSame ? before : <del>{before}</del>}
              </Td>
              <Td
                className="max-w-80 truncate max-sm:w-1/2 max-sm:whitespace-normal max-sm:wrap-anywhere"
                title={after}
              >
                {isSame ? after : <ins>{after}</ins>}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}

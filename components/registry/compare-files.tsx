import { Table, Td, Th, Tr } from "@/components/ui/table";
import { byteCount } from "@/lib/core";
import { type ComparedFile, compareFiles, type ModelVersion } from "@/lib/registry";

const words: Record<ComparedFile["change"], string> = {
  same: "same",
  changed: "other content",
  added: "added",
  removed: "removed",
};

const sizeOf = (bytes: number | null) => (bytes === null ? "none" : byteCount(bytes));

/** Which files came, went and changed. */
export function CompareFiles({ a, b }: { a: ModelVersion; b: ModelVersion }) {
  const rows = compareFiles(a, b);
  if (rows.length === 0)
    return <p className="px-4 py-3 text-small text-fg-subtle">Neither has files here.</p>;
  return (
    <Table label={`Files of v${a.number} and v${b.number}`}>
      <thead>
        <tr>
          <Th>File</Th>
          <Th end>v{a.number}</Th>
          <Th end>v{b.number}</Th>
          <Th>Content</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ path, change, a: before, b: after }) => (
          <Tr key={path}>
            <Td>
              <code className="max-sm:whitespace-normal max-sm:wrap-anywhere">{path}</code>
            </Td>
            <Td end className="text-fg-muted">
              {sizeOf(before)}
            </Td>
            <Td end className="text-fg-muted">
              {sizeOf(after)}
            </Td>
            <Td className="text-fg-muted">
              {change === "removed" ? (
                <del>{words.removed}</del>
              ) : change === "same" ? (
                words.same
              ) : (
                <ins>{words[change]}</ins>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ConfigurationRow } from "@/lib/prompts";
import { placeWords } from "../place-words";
import { DiffRows } from "./diff-rows";

interface ConfigurationTableProps {
  rows: readonly ConfigurationRow[];
  /** Of both sides; absent for one version by itself. */
  names: readonly [string, string] | undefined;
}

/** Model, parameters, answer format and variables of both sides; what changed is marked. */
export function ConfigurationTable({ rows, names }: ConfigurationTableProps) {
  if (rows.length === 0)
    return (
      <p className="px-4 py-3 text-small text-fg-subtle">
        No model, no parameters and no variables: all of it is up to the caller.
      </p>
    );
  return (
    <Table label={names ? `Configuration of ${names[0]} and ${names[1]}` : "Configuration"}>
      <thead>
        <tr>
          <Th className="w-[26%]">Configuration</Th>
          {(names ?? ["Value"]).map((name) => (
            <Th key={name}>{name}</Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.path} row={row} isPair={names !== undefined} />
        ))}
      </tbody>
    </Table>
  );
}

const cell = "max-w-80 py-1.5 whitespace-normal! wrap-anywhere";

function Row({
  row: { path, before, after, changed, lines },
  isPair,
}: {
  row: ConfigurationRow;
  isPair: boolean;
}) {
  const none = noneOf(path);
  if (lines && isPair) {
    return (
      <Tr>
        <Td className="align-top text-fg-muted">{placeWords(path)}</Td>
        <Td colSpan={2} className="py-1.5 whitespace-normal!">
          <DiffRows rows={lines} isSplit={false} />
        </Td>
      </Tr>
    );
  }
  return (
    <Tr>
      <Td className="text-fg-muted">{placeWords(path)}</Td>
      {isPair && <Td className={cell}>{changed ? <del>{before ?? none}</del> : (before ?? none)}</Td>}
      <Td className={cell}>
        {changed ? <ins>{after ?? none}</ins> : <span className="whitespace-pre-wrap">{after ?? none}</span>}
      </Td>
    </Tr>
  );
}

/** What it means that nothing is set. */
function noneOf(path: string): string {
  if (path === "model") return "the caller chooses";
  if (path === "responseFormat") return "text";
  return path.startsWith("variables.") ? "not declared" : "not sent";
}

import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ChainReport } from "@/lib/audit";
import { auditFilter } from "@/lib/audit-log";
import { exportConfigured, verifyConfigured } from "@/lib/audit-log/server";
import { parseInput } from "@/lib/core/server";
import { type Command, type Printed, usageError } from "./cli-command";

const usage = `audit verify [--json]
  tessera audit export <file> [--from <time>] [--to <time>] [--person <identity>] [--action <service.action>]
      [--outcome allowed|refused|failed] [--object <name>] [--text <text>] [--request <id>]`;

function anchorText({ file, checked, lastSeq }: ChainReport["anchors"]): string {
  return checked === 0
    ? `No anchors in ${file}: a cut tail could not be seen.`
    : `${checked} ${checked === 1 ? "anchor" : "anchors"} in ${file}, the last of row ${lastSeq}.`;
}

function reportText(report: ChainReport): string {
  const { rows, lastSeq, removedThrough, anchors, faults } = report;
  const removed = removedThrough > 0 ? ` Retention removed rows up to ${removedThrough}.` : "";
  const walked = `${rows} ${rows === 1 ? "row" : "rows"} verified; the log ends at row ${lastSeq}.${removed}`;
  if (report.ok) return `The audit log is whole. ${walked}\n${anchorText(anchors)}`;
  const [first] = faults;
  return [
    `The audit log is NOT whole${first?.seq ? `, from row ${first.seq} on` : ""}.`,
    ...faults.map(({ kind, message }) => `  ${kind.replace("_", " ")}: ${message}`),
    walked,
    anchorText(anchors),
  ].join("\n");
}

async function verify(args: string[]): Promise<Printed> {
  const { values } = parseArgs({ args, options: { json: { type: "boolean", default: false } } });
  const report = await verifyConfigured();
  return { text: values.json ? JSON.stringify(report) : reportText(report), status: report.ok ? 0 : 1 };
}

const filterOptions = {
  from: { type: "string" },
  to: { type: "string" },
  person: { type: "string" },
  action: { type: "string" },
  outcome: { type: "string" },
  object: { type: "string" },
  text: { type: "string" },
  request: { type: "string" },
} as const;

async function exportFile(args: string[], cwd: string): Promise<string> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: filterOptions });
  const [name, ...rest] = positionals;
  if (!name || rest.length > 0) throw usageError(audit);
  const file = resolve(cwd, name);
  const rows = await exportConfigured({ file, filter: parseInput(auditFilter.omit({ mine: true }), values) });
  return `${rows} ${rows === 1 ? "row" : "rows"} exported to ${file}.`;
}

export const audit: Command = {
  usage,
  summary:
    "check that the audit log is whole, or write it to a file, one JSON object a line; also while it runs",
  async run([verb, ...args], cwd) {
    if (verb === "verify") return verify(args);
    if (verb === "export") return exportFile(args, cwd);
    throw usageError(audit);
  },
};

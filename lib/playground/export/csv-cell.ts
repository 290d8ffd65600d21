// What spreadsheets take for the beginning of a formula, in ASCII and in full width.
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * A cell of a CSV file by RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in
 * front: an answer may be written to send the sheet away when it is opened. Numbers are left as they are.
 */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as a CSV file, its lines ended by CRLF. */
export function csvOf(rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

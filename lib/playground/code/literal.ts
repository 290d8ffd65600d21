/** How a language writes what JSON writes otherwise. */
interface Notation {
  indent: string;
  yes: string;
  no: string;
  nothing: string;
  key: (name: string) => string;
}

export const python: Notation = {
  indent: "    ",
  yes: "True",
  no: "False",
  nothing: "None",
  key: (name) => JSON.stringify(name),
};

export const typescript: Notation = {
  indent: "  ",
  yes: "true",
  no: "false",
  nothing: "null",
  key: (name) => {
    // Written plainly it would set the prototype instead of a member.
    if (name === "__proto__") return '["__proto__"]';
    return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  },
};

/** A JSON value as a literal, over several lines where it has members. Strings of JSON are strings in both languages. */
export function literal(value: unknown, notation: Notation, depth = 0): string {
  if (value === true) return notation.yes;
  if (value === false) return notation.no;
  if (value === null || value === undefined) return notation.nothing;
  if (typeof value !== "object") return JSON.stringify(value);
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((entry) => literal(entry, notation, depth + 1))
    : Object.entries(value).map(
        ([name, entry]) => `${notation.key(name)}: ${literal(entry, notation, depth + 1)}`,
      );
  const [open, close] = isList ? "[]" : "{}";
  if (members.length === 0) return `${open}${close}`;
  const inner = notation.indent.repeat(depth + 1);
  return `${open}\n${members.map((member) => `${inner}${member},\n`).join("")}${notation.indent.repeat(depth)}${close}`;
}

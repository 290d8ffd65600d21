import { AppError } from "@/lib/core";
import { BrokenMessage, type Fields } from "./protobuf";

// Names of TensorProto.DataType and bytes per element.
const elementTypes: Readonly<Record<number, readonly [name: string, bytes: number]>> = {
  1: ["float32", 4],
  2: ["uint8", 1],
  3: ["int8", 1],
  4: ["uint16", 2],
  5: ["int16", 2],
  6: ["int32", 4],
  7: ["int64", 8],
  9: ["bool", 1],
  10: ["float16", 2],
  11: ["float64", 8],
  12: ["uint32", 4],
  13: ["uint64", 8],
  14: ["complex64", 8],
  15: ["complex128", 16],
  16: ["bfloat16", 2],
  17: ["float8e4m3fn", 1],
  18: ["float8e4m3fnuz", 1],
  19: ["float8e5m2", 1],
  20: ["float8e5m2fnuz", 1],
  21: ["uint4", 0.5],
  22: ["int4", 0.5],
  23: ["float4e2m1", 0.5],
  24: ["float8e8m0", 1],
};

const stringType = 8;

/** As ONNX Runtime names it; `type <n>` for what has no name here. */
export const elementName = (type: number): string => elementTypes[type]?.[0] ?? `type ${type}`;

/** A tensor without its values. */
interface TensorOutline {
  name: string;
  bytes: number;
  /** The file beside the graph with its values, and the bytes that it must have at least. */
  outside?: { location: string; end: number };
}

/** Fields of a tensor that hold its values; strings have their own. */
const valueFields: ReadonlySet<number> = new Set([4, 5, 7, 10, 11]);

/** Keys that ONNX knows are five. */
const mostExternalEntries = 16;

/** What a tensor says of itself and what of it is there. */
interface Found {
  name: string;
  type: number;
  hasShape: boolean;
  elements: number;
  /** Bytes in the field for raw values, if it has one. */
  raw: number | undefined;
  /** Bytes of values written one by one, or their count where each is a field. */
  held: number;
  strings: number;
  external: Map<string, string>;
}

/** Values are skipped over. @throws AppError `unprocessable` where it announces more than it holds, or keeps it elsewhere than in a file beside `file` */
export function readTensor(fields: Fields, file: string): TensorOutline {
  const found = readFound(fields);
  const { name, type, elements, external } = found;
  const isKnown = type in elementTypes || type === stringType;
  if (found.hasShape && !isKnown) {
    throw new AppError("unprocessable", `${file} has a tensor of type ${type}, which is not known here.`);
  }
  const bytes = elements * (elementTypes[type]?.[1] ?? 1);
  if (!Number.isFinite(bytes) || bytes > 2 ** 42)
    throw new AppError("unprocessable", `${file} announces a tensor of ${elements} elements.`);
  if (external.size > 0) return { name, bytes, outside: placeOf(external, bytes, file) };
  if (isKnown) requireHeld(found, bytes, file);
  return { name, bytes };
}

function readFound(fields: Fields): Found {
  const found: Found = {
    name: "",
    type: 0,
    hasShape: false,
    elements: 1,
    raw: undefined,
    held: 0,
    strings: 0,
    external: new Map(),
  };
  while (fields.next()) {
    const { field } = fields;
    if (field === 1) {
      found.hasShape = true;
      for (const size of fields.integers()) found.elements *= size;
    } else if (field === 2) found.type = fields.value;
    else if (field === 6) found.strings++;
    else if (field === 8) found.name = fields.text();
    else if (field === 9) found.raw = fields.to - fields.from;
    else if (field === 13) addEntry(found.external, fields.inner());
    else if (valueFields.has(field)) found.held += fields.wire === 2 ? fields.to - fields.from : 1;
  }
  return found;
}

function requireHeld({ type, elements, raw, held, strings }: Found, bytes: number, file: string): void {
  if (type === stringType) {
    if (strings >= elements) return;
    throw new AppError(
      "unprocessable",
      `${file} announces a tensor of ${elements} strings and holds ${strings} of them.`,
    );
  }
  // Raw values have their full length; others may be written shorter, but none in less than a byte.
  if ((raw ?? held) >= Math.floor(raw === undefined ? Math.min(elements, bytes) : bytes)) return;
  throw new AppError(
    "unprocessable",
    `${file} announces a tensor of ${Math.ceil(bytes)} bytes and holds ${raw ?? held} of them.`,
  );
}

function addEntry(entries: Map<string, string>, fields: Fields): void {
  let key = "";
  let value = "";
  while (fields.next()) {
    if (fields.field === 1) key = fields.text();
    else if (fields.field === 2) value = fields.text();
  }
  entries.set(key, value);
  if (entries.size > mostExternalEntries) throw new BrokenMessage("a place of weights has too many parts");
}

function placeOf(
  external: ReadonlyMap<string, string>,
  bytes: number,
  file: string,
): { location: string; end: number } {
  const location = external.get("location") ?? "";
  if (!/^[\w][\w.-]*$/.test(location)) {
    throw new AppError(
      "unprocessable",
      `${file} wants its weights from ${JSON.stringify(location.slice(0, 100))}, which is not a file beside it.`,
    );
  }
  const offset = Number(external.get("offset") ?? 0);
  const length = Number(external.get("length") ?? bytes);
  if (!(offset >= 0) || !(length >= 0) || !Number.isFinite(offset + length))
    throw new BrokenMessage("a place of weights is no number");
  return { location, end: offset + length };
}

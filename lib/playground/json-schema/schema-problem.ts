import { isRecord, isSchema, kinds, type Schema, typeNames } from "./keywords";
import { patternProblem } from "./pattern-problem";
import { References } from "./reference";

const isCount = (value: unknown) => typeof value === "number" && Number.isInteger(value) && value >= 0;
const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const areTexts = (value: unknown) =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");
const areSchemas = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isSchema);
const isMap = (value: unknown, of: (entry: unknown) => boolean) =>
  isRecord(value) && Object.values(value).every(of);

/** What is expected behind a keyword, where `value` is not that. */
function expected(keyword: string, value: unknown): string | null {
  const fits = (held: boolean, what: string) => (held ? null : what);
  switch (kinds[keyword]) {
    case "schema":
      return fits(isSchema(value), "a schema");
    case "schemas":
      return fits(areSchemas(value), "a list of schemas");
    case "schema or schemas":
      return fits(isSchema(value) || areSchemas(value), "a schema");
    case "schema map":
    case "pattern map":
      return fits(isMap(value, isSchema), "an object of schemas");
    case "map of schemas or names":
      return fits(
        isMap(value, (entry) => isSchema(entry) || areTexts(entry)),
        "an object of schemas or names",
      );
    case "map of texts":
      return fits(isMap(value, areTexts), "an object of lists of names");
    case "count":
      return fits(isCount(value), "a whole number from 0");
    case "number":
      return fits(isNumber(value), "a number");
    case "positive":
      return fits(isNumber(value) && Number(value) > 0, "a number above 0");
    case "text":
    case "pattern":
    case "reference":
      return fits(typeof value === "string", "a text");
    case "texts":
      return fits(areTexts(value), "a list of names");
    case "flag":
      return fits(typeof value === "boolean", "true or false");
    case "values":
      return fits(Array.isArray(value) && value.length > 0, "a list of values");
    case "type":
      return fits(
        (Array.isArray(value) && value.length > 0 ? value : [value]).every((name) =>
          typeNames.includes(name),
        ),
        `one of ${typeNames.join(", ")}`,
      );
    default:
      return null;
  }
}

const step = (path: string, key: string) => `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

function childrenOf(schema: Record<string, unknown>): [string, Schema][] {
  return Object.entries(schema).flatMap(([keyword, value]): [string, Schema][] => {
    const kind = kinds[keyword];
    if (kind === undefined) return [];
    if (/^schema(?: or schemas)?$/.test(kind) && isSchema(value)) return [[`/${keyword}`, value]];
    if (/schemas$/.test(kind) && Array.isArray(value))
      return value.filter(isSchema).map((child, index) => [`/${keyword}/${index}`, child]);
    if (/map/.test(kind) && isRecord(value))
      return Object.entries(value).flatMap(([key, child]): [string, Schema][] =>
        isSchema(child) ? [[step(`/${keyword}`, key), child]] : [],
      );
    return [];
  });
}

/** What keeps a value from being a JSON Schema that we can check by, with the place in it; null when nothing does. */
export function schemaProblem(root: unknown): string | null {
  if (!isSchema(root)) return "A schema is an object, or true or false.";
  const references = new References(root);
  const open: [string, Schema][] = [["#", root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, schema] = next;
    if (typeof schema === "boolean") continue;
    for (const [keyword, value] of Object.entries(schema)) {
      const what = Object.hasOwn(kinds, keyword) ? expected(keyword, value) : null;
      if (what) return `${path}: behind “${keyword}” stands ${what}.`;
      const kind = Object.hasOwn(kinds, keyword) ? kinds[keyword] : undefined;
      if (kind === "reference" && references.find(String(value)) === undefined)
        return `${path}: “${String(value).slice(0, 200)}” leads to nothing in this schema.`;
      const patterns =
        kind === "pattern" ? [String(value)] : kind === "pattern map" ? Object.keys(value as object) : [];
      for (const pattern of patterns) {
        const problem = patternProblem(pattern, "search");
        if (problem) return `${path}: ${problem}`;
      }
    }
    for (const [below, child] of childrenOf(schema)) open.push([path + below, child]);
  }
  return null;
}

import { type Budget, refusal } from "./budget";
import { bothAutomata, type CharAutomaton, patternAutomaton } from "./pattern-automaton";
import { areDisjoint } from "./schema-disjoint";
import { anyNode, type SchemaDocument, type SchemaNode } from "./schema-document";
import { KeywordReader, type TypeName } from "./schema-keyword";
import {
  type ArrayShape,
  anyArray,
  anyNumber,
  anyObject,
  anyString,
  bothRanges,
  type Conjunction,
  isEmptyRange,
  itemOf,
  type NumberShape,
  type ObjectShape,
  propertyOf,
  type Shape,
  type StringShape,
} from "./schema-shape";
import { isOfShape } from "./schema-value";

const MOST_OPEN = 200;
const MOST_SHAPES = 400;
const MOST_PREFIX = 1000;
const MOST_PROPERTIES = 1000;

const anything: readonly Shape[] = [
  { kind: "values", values: [null, true, false] },
  anyString,
  anyNumber,
  anyArray,
  anyObject,
];

/** Reads schemas as unions of shapes, whatever they are combined from. */
export class SchemaReader {
  readonly document: SchemaDocument;
  readonly budget: Budget;
  readonly #shapes = new Map<string, readonly Shape[]>();
  readonly #nodes = new Map<SchemaNode, readonly Shape[]>();
  readonly #patterns = new Map<string, CharAutomaton | undefined>();
  readonly #open = new Set<SchemaNode>();
  /** Checks that look below a schema, so that they must wait until all open ones are read. */
  readonly #checks: (() => void)[] = [];

  constructor(document: SchemaDocument, budget: Budget) {
    this.document = document;
    this.budget = budget;
  }

  /**
   * The shapes of values that all of the schemas allow.
   * @throws AppError `invalid` for what is malformed, unsupported, or refers to nothing but itself.
   */
  shapesOf(conjunction: Conjunction): readonly Shape[] {
    const key = keyOf(conjunction);
    const known = this.#shapes.get(key);
    if (known) return known;
    const shapes = conjunction.reduce<readonly Shape[]>(
      (all, node) => this.#both(all, this.#ofNode(node)),
      anything,
    );
    this.#shapes.set(key, shapes);
    if (this.#open.size === 0) for (const check of this.#checks.splice(0)) check();
    return shapes;
  }

  #ofNode(node: SchemaNode): readonly Shape[] {
    const known = this.#nodes.get(node);
    if (known) return known;
    if (node.value === true) return anything;
    if (node.value === false) return [];
    if (this.#open.has(node))
      throw refusal(
        "refers to itself without a value in between, so no finite value is defined.",
        node.pointer,
      );
    if (this.#open.size >= MOST_OPEN) throw refusal("has references nested too deep.", node.pointer);
    this.#open.add(node);
    const shapes = this.#read(node, new KeywordReader(node));
    this.#open.delete(node);
    this.#nodes.set(node, shapes);
    return shapes;
  }

  #read(node: SchemaNode, keywords: KeywordReader): readonly Shape[] {
    let shapes = this.#ownShapes(node, keywords);
    if (keywords.has("$ref")) {
      shapes = this.#both(shapes, this.#ofNode(this.document.referenced(keywords.get("$ref"), node.pointer)));
    }
    for (let i = 0; i < (keywords.listLength("allOf") ?? 0); i++)
      shapes = this.#both(shapes, this.#ofNode(this.document.below(node, "allOf", i)));
    for (const keyword of ["anyOf", "oneOf"] as const)
      if (keywords.has(keyword)) shapes = this.#oneOf(node, keywords, keyword, shapes);
    return shapes;
  }

  #oneOf(
    node: SchemaNode,
    keywords: KeywordReader,
    keyword: "anyOf" | "oneOf",
    shapes: readonly Shape[],
  ): readonly Shape[] {
    const branches = Array.from({ length: keywords.listLength(keyword) ?? 0 }, (_, i) =>
      this.#both(shapes, this.#ofNode(this.document.below(node, keyword, i))),
    );
    if (keyword === "oneOf") this.#checks.push(() => this.#requireDisjoint(branches, keywords));
    return this.#few(branches.flat(), node.pointer);
  }

  #requireDisjoint(branches: readonly (readonly Shape[])[], keywords: KeywordReader): void {
    for (const [i, a] of branches.entries())
      for (const [j, b] of branches.slice(0, i).entries())
        if (!areDisjoint(this, a, b))
          throw keywords.refuse("oneOf", `branches ${j} and ${i} may both match: use anyOf.`);
  }

  #few(shapes: readonly Shape[], pointer: string | undefined): readonly Shape[] {
    if (shapes.length > MOST_SHAPES) throw refusal(`has more than ${MOST_SHAPES} alternatives.`, pointer);
    return shapes;
  }

  /** What the schema's own keywords say, each of which concerns values of one type only. */
  #ownShapes(node: SchemaNode, keywords: KeywordReader): readonly Shape[] {
    const types = keywords.types() ?? ["null", "boolean", "string", "number", "object", "array"];
    const shapes: Shape[] = [];
    const constants = [
      ...(types.includes("null") ? [null] : []),
      ...(types.includes("boolean") ? [true, false] : []),
    ];
    if (constants.length > 0) shapes.push({ kind: "values", values: constants });
    for (const type of types) shapes.push(...this.#ofType(type, types, node, keywords));
    const values = keywords.values();
    if (values === undefined) return shapes;
    const allowed = unique(values).filter((value) => shapes.some((shape) => isOfShape(this, value, shape)));
    if (allowed.length === 0)
      throw keywords.refuse(keywords.has("enum") ? "enum" : "const", "allows no value of this schema.");
    for (const value of allowed)
      if (/\\ud[89a-f]/.test(JSON.stringify(value)) && !isUnicode(value))
        throw keywords.refuse("enum", "holds half a surrogate pair.");
    return [{ kind: "values", values: allowed }];
  }

  #ofType(
    type: TypeName,
    types: readonly TypeName[],
    node: SchemaNode,
    keywords: KeywordReader,
  ): readonly Shape[] {
    if (type === "string") return this.#stringShape(node, keywords);
    if (type === "number") return [this.#numberShape(keywords, false)];
    if (type === "integer") return types.includes("number") ? [] : [this.#numberShape(keywords, true)];
    if (type === "array") return [this.#arrayShape(node, keywords)];
    if (type === "object") return [this.#objectShape(node, keywords)];
    return [];
  }

  #stringShape(node: SchemaNode, keywords: KeywordReader): readonly Shape[] {
    const bounds = keywords.counts("minLength", "maxLength");
    const format = keywords.format();
    const source = keywords.text("pattern");
    if (source === undefined) return [{ kind: "string", ...bounds, pattern: format }];
    const found = this.#patternOf(source, node.pointer);
    const pattern = found && format ? bothAutomata(found, format, this.budget) : found;
    if (pattern === undefined) throw keywords.refuse("pattern", "matches no text.");
    return [{ kind: "string", ...bounds, pattern }];
  }

  #patternOf(source: string, pointer: string): CharAutomaton | undefined {
    if (!this.#patterns.has(source))
      this.#patterns.set(source, patternAutomaton(source, "search", this.budget, pointer));
    return this.#patterns.get(source);
  }

  #numberShape(keywords: KeywordReader, integer: boolean): NumberShape {
    const bound = (keyword: string, open: boolean, other: number): NumberShape => {
      const value = keywords.number(keyword);
      if (value === undefined) return anyNumber;
      return other < 0
        ? { ...anyNumber, low: value, lowOpen: open }
        : { ...anyNumber, high: value, highOpen: open };
    };
    const shape = [
      bound("minimum", false, -1),
      bound("exclusiveMinimum", true, -1),
      bound("maximum", false, 1),
      bound("exclusiveMaximum", true, 1),
    ].reduce(bothRanges, { ...anyNumber, integer });
    if (isEmptyRange(shape)) throw keywords.refuse("minimum", "and maximum leave no number.");
    return shape;
  }

  #arrayShape(node: SchemaNode, keywords: KeywordReader): ArrayShape {
    const length = keywords.listLength("prefixItems") ?? 0;
    if (length > MOST_PREFIX) throw keywords.refuse("prefixItems", `has more than ${MOST_PREFIX} schemas.`);
    return {
      kind: "array",
      ...keywords.counts("minItems", "maxItems"),
      prefix: Array.from({ length }, (_, i) => [this.document.below(node, "prefixItems", i)]),
      rest: keywords.has("items") ? [this.document.below(node, "items")] : [],
      unique: keywords.flag("uniqueItems") ? node.pointer : undefined,
    };
  }

  #objectShape(node: SchemaNode, keywords: KeywordReader): ObjectShape {
    const names = keywords.propertyNames();
    const required = keywords.required();
    if (names.length > MOST_PROPERTIES || required.length > MOST_PROPERTIES)
      throw keywords.refuse("properties", `has more than ${MOST_PROPERTIES} names.`);
    const additional = keywords.has("additionalProperties")
      ? [this.document.below(node, "additionalProperties")]
      : [];
    const properties = new Map<string, Conjunction>(
      names.map((name) => [name, [this.document.below(node, "properties", name)]]),
    );
    // A required key must come out even where only `additionalProperties` describes it.
    for (const name of required) if (!properties.has(name)) properties.set(name, additional);
    return {
      kind: "object",
      ...keywords.counts("minProperties", "maxProperties"),
      properties,
      required: new Set(required),
      additional,
    };
  }

  #both(a: readonly Shape[], b: readonly Shape[]): readonly Shape[] {
    if (a === anything) return b;
    if (b === anything) return a;
    this.budget.spend(a.length * b.length);
    return this.#few(
      a.flatMap((x) => b.flatMap((y) => this.#bothShapes(x, y))),
      undefined,
    );
  }

  #bothShapes(a: Shape, b: Shape): readonly Shape[] {
    if (a.kind === "values" || b.kind === "values") {
      const [listed, other] = a.kind === "values" ? [a.values, b] : [b.kind === "values" ? b.values : [], a];
      const values = listed.filter((value) => isOfShape(this, value, other));
      return values.length > 0 ? [{ kind: "values", values }] : [];
    }
    if (a.kind === "string" && b.kind === "string") return this.#bothStrings(a, b);
    if (a.kind === "number" && b.kind === "number") {
      const both = bothRanges(a, b);
      return isEmptyRange(both) ? [] : [both];
    }
    if (a.kind === "array" && b.kind === "array") return bothArrays(a, b);
    if (a.kind === "object" && b.kind === "object") return bothObjects(a, b);
    return [];
  }

  #bothStrings(a: StringShape, b: StringShape): readonly Shape[] {
    const bounds = bothCounts(a, b);
    if (bounds.min > bounds.max) return [];
    if (!a.pattern || !b.pattern) return [{ kind: "string", ...bounds, pattern: a.pattern ?? b.pattern }];
    const pattern = a.pattern === b.pattern ? a.pattern : bothAutomata(a.pattern, b.pattern, this.budget);
    return pattern ? [{ kind: "string", ...bounds, pattern }] : [];
  }
}

export function keyOf(conjunction: Conjunction): string {
  return [...new Set(conjunction.map(({ pointer, value }) => (value === true ? "" : `#${pointer}`)))]
    .filter((key) => key !== "")
    .sort()
    .join(" ");
}

function together(a: Conjunction, b: Conjunction): Conjunction {
  return [...new Set([...a, ...b])].filter((node) => node !== anyNode);
}

function bothCounts(a: { min: number; max: number }, b: { min: number; max: number }) {
  return { min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) };
}

function bothArrays(a: ArrayShape, b: ArrayShape): readonly Shape[] {
  const bounds = bothCounts(a, b);
  if (bounds.min > bounds.max) return [];
  const length = Math.max(a.prefix.length, b.prefix.length);
  return [
    {
      kind: "array",
      ...bounds,
      prefix: Array.from({ length }, (_, i) => together(itemOf(a, i), itemOf(b, i))),
      rest: together(a.rest, b.rest),
      unique: a.unique ?? b.unique,
    },
  ];
}

function bothObjects(a: ObjectShape, b: ObjectShape): readonly Shape[] {
  const bounds = bothCounts(a, b);
  if (bounds.min > bounds.max) return [];
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  return [
    {
      kind: "object",
      ...bounds,
      properties: new Map(
        [...names].map((name) => [name, together(propertyOf(a, name), propertyOf(b, name))]),
      ),
      required: new Set([...a.required, ...b.required]),
      additional: together(a.additional, b.additional),
    },
  ];
}

function unique(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** No text in the value holds half a surrogate pair. */
function isUnicode(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isUnicode(member));
}

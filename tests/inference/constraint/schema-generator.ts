import type { Random } from "@/lib/inference/core/random";
import { picker } from "./support";

type Schema = boolean | Record<string, unknown>;

const names = ["a", "b", "c", "id", "naïve", 'q"q', "back\\slash", "constructor", "€", ""];

/** Random schemas over all supported keywords, recursion included; most, not all, have a valid value. */
export function randomSchema(random: Random): Schema {
  const { below, chance, of } = picker(random);
  const definitions = ["one", "two"];

  const bounds = (least: string, most: string, size: number): Record<string, unknown> => {
    const min = below(size);
    return {
      ...(chance(0.4) ? { [least]: min } : {}),
      ...(chance(0.4) ? { [most]: min + below(size) } : {}),
    };
  };
  const scalar = () =>
    of<unknown>(null, true, false, 0, -1, 3.5, 17, "", "x", "a b", "é😀", 'say "hi"\n', 1e21);
  const value = (): unknown =>
    of<() => unknown>(
      scalar,
      scalar,
      () => [scalar()],
      () => ({ a: scalar() }),
    )();

  const text = (): Schema => ({
    type: "string",
    ...(chance(0.5) ? bounds("minLength", "maxLength", 6) : {}),
    ...(chance(0.3)
      ? { pattern: of("^[a-c]+$", "\\d{2}", "^(foo|bar)?", "x|^y", "[^a-z]$", "^\\w+é?$", "", "^.{0,9}$") }
      : {}),
    ...(chance(0.15)
      ? { format: of("date", "time", "date-time", "email", "uuid", "ipv4", "uri", "hostname") }
      : {}),
  });
  const number = (): Schema => {
    const low = of(-1000, -12.5, -1, 0, 0.001, 0.25, 3, 99, 12345.678);
    const span = of(0.5, 1, 7, 100, 1e6);
    return {
      type: of("integer", "number"),
      ...(chance(0.5) ? { [of("minimum", "exclusiveMinimum")]: low } : {}),
      ...(chance(0.5) ? { [of("maximum", "exclusiveMaximum")]: low + span } : {}),
    };
  };
  const array = (depth: number): Schema => ({
    type: "array",
    ...(chance(0.8) ? { items: schema(depth - 1) } : {}),
    ...(chance(0.25) ? { prefixItems: Array.from({ length: 1 + below(3) }, () => schema(depth - 1)) } : {}),
    ...bounds("minItems", "maxItems", 4),
  });
  const uniqueArray = (): Schema => ({
    type: "array",
    uniqueItems: true,
    items: { enum: [1, "a", null, 2.5].slice(0, 2 + below(3)) },
    ...bounds("minItems", "maxItems", 2),
  });
  const object = (depth: number): Schema => {
    const own = names.filter(() => chance(0.3));
    return {
      type: "object",
      properties: Object.fromEntries(own.map((name) => [name, schema(depth - 1)])),
      ...(chance(0.6) ? { required: names.filter((name) => own.includes(name) && chance(0.5)) } : {}),
      ...(chance(0.6) ? { additionalProperties: chance(0.6) ? false : schema(depth - 1) } : {}),
      ...(chance(0.2) ? bounds("minProperties", "maxProperties", 4) : {}),
    };
  };
  const types = (): Schema => ({
    type: of(["string", "null"], ["integer", "boolean"], ["number", "array"], ["object", "string", "null"]),
    ...bounds("minLength", "maxLength", 5),
    ...(chance(0.3) ? { minimum: 2 } : {}),
  });
  const union = (depth: number): Schema => ({
    [chance(0.8) ? "anyOf" : "oneOf"]: Array.from({ length: 1 + below(3) }, () => schema(depth - 1)),
  });
  const both = (depth: number): Schema => ({
    allOf: chance(0.5) ? [text(), text()] : [object(depth), object(depth)],
    ...(chance(0.3) ? { properties: { a: schema(depth - 1) } } : {}),
  });
  const listed = (): Schema =>
    chance(0.3) ? { const: value() } : { enum: Array.from({ length: 1 + below(4) }, value) };
  const reference = (): Schema => ({ $ref: `#/$defs/${of(...definitions)}`, description: "annotated" });

  const schema = (depth: number): Schema => {
    if (depth <= 0) return of<() => Schema>(text, number, listed, reference, types, () => chance(0.9))();
    const kinds = [text, number, listed, reference, types, uniqueArray];
    const nested = [array, object, object, union, both];
    return chance(0.35) ? of(...kinds)() : of(...nested)(depth);
  };
  const root = schema(3);
  return typeof root === "boolean"
    ? root
    : { ...root, $defs: Object.fromEntries(definitions.map((name) => [name, schema(2)])) };
}

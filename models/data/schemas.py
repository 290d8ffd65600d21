"""The fields somebody asks for, and the many ways to write such a list down."""
import json
from collections import namedtuple

# `answer` is JSON text; `options` are those of an enumeration.
Field = namedtuple("Field", "name kind answer options")
WORDS = {
    "text": ["string", "string", "text", "string or null"],
    "date": ["date", "ISO date", "ISO date or null", "string, YYYY-MM-DD", "date or null", "YYYY-MM-DD"],
    "number": ["number", "number", "number or null"],
    "count": ["integer", "number", "whole number", "number or null"],
    "boolean": ["boolean", "boolean", "true or false", "bool"],
    "issue": ["string", "string, at most eight words", "string, short", "string or null", "string, up to eight words"],
}
EMPTY = {"text": '"..."', "date": '"YYYY-MM-DD"', "number": "0", "count": "0", "boolean": "false", "issue": '"..."'}


def listed(names, rng):
    style = rng.random()
    if style < 0.5 and len(names) > 1:
        return ", ".join(names[:-1]) + rng.choice([" and ", ", ", ", and "]) + names[-1]
    return ", ".join(names) if style < 0.85 else "\n- " + "\n- ".join(names)


def kind_in_words(field, rng):
    if field.kind != "enum":
        return rng.choice(WORDS[field.kind])
    options = [f'"{o}"' for o in field.options]
    return rng.choice([", ".join(options[:-1]) + " or " + options[-1], " | ".join(options), "one of " + ", ".join(options), "/".join(field.options)])


def with_kinds(fields, rng):
    style = rng.randrange(4)
    words = [kind_in_words(f, rng) for f in fields]
    if style == 0:
        return ", ".join(f'"{f.name}" ({w})' for f, w in zip(fields, words))
    if style == 1:
        return ", ".join(f"{f.name} ({w})" for f, w in zip(fields, words))
    if style == 2:
        return "\n- " + "\n- ".join(f"{f.name}: {w}" for f, w in zip(fields, words))
    return "; ".join(f"{f.name}: {w}" for f, w in zip(fields, words))


def property_of(field, rng, nullable):
    kind = {"number": "number", "count": "integer", "boolean": "boolean"}.get(field.kind, "string")
    if field.kind == "enum":
        return {"enum": list(field.options) + ([None] if nullable else [])}
    shape = {"type": [kind, "null"] if nullable and kind != "boolean" else kind}
    return shape | ({"format": "date"} if field.kind == "date" and rng.random() < 0.7 else {})


def json_schema(fields, rng):
    nullable = rng.random() < 0.4
    schema = {"type": "object", "properties": {f.name: property_of(f, rng, nullable) for f in fields}}
    if rng.random() < 0.5:
        schema["required"] = [f.name for f in fields]
    return json.dumps(schema, separators=rng.choice([(", ", ": "), (", ", ": "), (",", ":")]))


def strict(fields):
    """The schema to hold an answer to: every field, in this order, null where it may be unknown."""
    def shape(field):
        if field.kind == "enum":
            return {"enum": [*field.options, None]}
        kind = {"number": "number", "count": "integer", "boolean": "boolean"}.get(field.kind, "string")
        return {"type": kind if kind == "boolean" else [kind, "null"]}
    return {"type": "object", "properties": {f.name: shape(f) for f in fields}, "required": [f.name for f in fields], "additionalProperties": False}


def example_object(fields):
    empty = lambda f: json.dumps(" | ".join(f.options)) if f.kind == "enum" else EMPTY[f.kind]
    return "{" + ", ".join(f'"{f.name}": {empty(f)}' for f in fields) + "}"


def answer(fields):
    """One line, one space after colon and comma: what the fields hold, in their order."""
    return "{" + ", ".join(f"{json.dumps(f.name)}: {f.answer}" for f in fields) + "}"

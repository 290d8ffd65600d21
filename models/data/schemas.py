"""The fields somebody asks for, and the many ways to write such a list down."""
import json
from collections import namedtuple

# `answer` is JSON text; `options` are those of an enumeration.
Field = namedtuple("Field", "name kind answer options")
WORDS = {
    "text": ["string", "string", "string", "text", "string or null", "string, as written", "string, null if missing", "text or null", "str"],
    "date": ["date", "ISO date", "ISO date", "ISO date or null", "ISO date or null", "string, YYYY-MM-DD", "date or null", "YYYY-MM-DD", "date as YYYY-MM-DD", "string, ISO date", "ISO date, null if not said", "YYYY-MM-DD or null"],
    "number": ["number", "number", "number or null", "number, no currency", "number without currency", "amount as a number", "number, null if not said"],
    "count": ["integer", "number", "whole number", "number or null", "integer or null", "int"],
    "boolean": ["boolean", "boolean", "true or false", "bool", "true/false", "boolean, true if said"],
    "issue": ["string", "string, at most eight words", "string, at most eight words", "string, short", "string or null", "string, up to eight words", "short string", "string, no more than eight words",
              "eight words at most", "string, maximum eight words", "text, a few words"],
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
    return rng.choice([", ".join(options[:-1]) + " or " + options[-1], " | ".join(options), "one of " + ", ".join(options), "/".join(field.options),
                       ", ".join(options[:-1]) + " or " + options[-1], "either " + ", ".join(options[:-1]) + " or " + options[-1], ", ".join(options) + " or null", "one of: " + ", ".join(field.options)])


def with_kinds(fields, rng):
    style = rng.randrange(8)
    words = [kind_in_words(f, rng) for f in fields]
    parts = {0: '"{}" ({})', 1: "{} ({})", 4: '"{}" ({})', 5: '"{}": {}', 6: "{} - {}", 7: '"{}" ({})'}
    if style in (2, 5, 6):
        return "\n- " + "\n- ".join(parts.get(style, "{}: {}").format(f.name, w) for f, w in zip(fields, words))
    if style == 3:
        return "; ".join(f"{f.name}: {w}" for f, w in zip(fields, words))
    own = [parts[style].format(f.name, w) if style != 7 or f.kind != "text" else f'"{f.name}"' for f, w in zip(fields, words)]
    return ", ".join(own[:-1]) + " and " + own[-1] if style == 4 and len(own) > 1 else ", ".join(own)


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

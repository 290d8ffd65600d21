"""Expands phrase templates: `{a|b}` chooses, `{slot}` asks the lexicon."""
import itertools
import zlib
from functools import lru_cache
from pathlib import Path

PHRASES = Path(__file__).parent / "phrases"
HELD_OUT_SHARE = 6
SHARED_SLOTS = [mark + kind for mark in ("pos", "neg") for kind in ("adj", "noun", "verb", "event")]


def is_held_out(text, share=HELD_OUT_SHARE):
    """Membership by checksum: stable across runs, machines and added lines."""
    return zlib.crc32(text.encode()) % share == 0


def own_lines(lines, held_out):
    """Lines that carry whole word lists are trained: nobody can know a word of praise or blame never seen."""
    carries = lambda line: any(f"{{{slot}}}" in line for slot in SHARED_SLOTS)
    return [line for line in lines if (not held_out if carries(line) else belongs(line, held_out))]


def belongs(text, held_out, share=HELD_OUT_SHARE):
    return is_held_out(text, share) == held_out


def read_lines(name):
    return [line for line in (PHRASES / f"{name}.txt").read_text().splitlines() if line.strip()]


def read_sections(name):
    sections = {}
    for line in read_lines(name):
        if line.startswith("# "):
            sections[line[2:]] = current = []
        else:
            current.append(line)
    return sections


@lru_cache(maxsize=None)
def parse(template):
    """A template as a list of parts: text, ("slot", name) or ("choice", [parts, ...])."""
    parts, _ = _parse(template, 0, False)
    return parts


def _parse(text, i, nested):
    branches, parts, plain = [], [], ""
    while i < len(text):
        c = text[i]
        if c == "{":
            inner, i = _parse(text, i + 1, True)
            if plain:
                parts.append(plain)
                plain = ""
            parts.append(inner)
            continue
        if nested and c in "|}":
            if plain:
                parts.append(plain)
                plain = ""
            branches.append(parts)
            parts = []
            if c == "}":
                if len(branches) == 1 and len(branches[0]) == 1 and isinstance(branches[0][0], str):
                    return ("slot", branches[0][0]), i + 1
                return ("choice", branches), i + 1
        else:
            plain += c
        i += 1
    if plain:
        parts.append(plain)
    return parts, i


def expand(template, rng, slots):
    """One random expansion; `slots(name, rng)` supplies the words. What is filled in decides between "a" and "an"."""
    return _join(parse(template), rng, slots)


def _join(parts, rng, slots):
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        kind, value = part
        text = with_article(text, slots(value, rng) if kind == "slot" else _join(rng.choice(value), rng, slots))
    return text


def with_article(before, word):
    """Both together, with "an" where "a" stands before a vowel; words in U are as often "a unit" and stay."""
    needs_n = word[:1] in "AEIOaeio" and word[:1] and before[-2:] in ("a ", "A ") and not before[-3:-2].isalnum()
    return f"{before[:-1]}n {word}" if needs_n else before + word


def flatten(template):
    """Every choice written out, slots kept: so that single phrasings can be held out."""
    return ["".join(combination) for combination in _flatten_parts(parse(template))]


def _flatten_parts(parts):
    options = []
    for part in parts:
        if isinstance(part, str):
            options.append([part])
        elif part[0] == "slot":
            options.append(["{%s}" % part[1]])
        else:
            options.append(["".join(c) for branch in part[1] for c in _flatten_parts(branch)])
    return itertools.product(*options)


def own_groups(lines, held_out):
    """Per line the phrasings on this side of the split; a line may keep some on either side."""
    groups = [[t for t in flatten(line) if belongs(t, held_out)] for line in lines]
    return [group for group in groups if group]


def pick(groups, rng):
    """A phrasing: first the line, so that lines with many branches are not preferred."""
    return rng.choice(rng.choice(groups))

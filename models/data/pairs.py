"""Pairs of texts that mean the same, for the sentence encoder: build/pairs.jsonl and heldout/retrieval.jsonl.

Every pair comes with texts that share its names and not its meaning, so that shared words alone do not find it.
"""
import argparse
import json
import random
from pathlib import Path

from cases import Case, CasePhrases, CaseWriter
from classify import Classification
from generate import usable, write
from grammar import belongs, expand, flatten, pick, read_sections
from lexicon import Lexicon
from noise import roughen
from passages import Passages
from polite import Polite
from summarise import Summary
from values import Value

ROOT = Path(__file__).parent.parent
SHARES = {"paraphrase": 0.42, "question": 0.3, "summary": 0.12, "polite": 0.08, "topic": 0.08}
MEASURED = ("paraphrase", "question", "summary")


class Pairs:
    def __init__(self, held_out):
        self.lexicon = lexicon = Lexicon(held_out)
        self.phrases = CasePhrases(lexicon)
        self.writer = CaseWriter(self.phrases)
        self.passages, self.polite_pairs = Passages(lexicon, self.writer), Polite(lexicon)
        self.summaries, self.topics = Summary(lexicon, self.writer), Classification("topic", lexicon)
        self.intents = [("situation", groups) for _, groups in self.phrases.situations if sum(map(len, groups)) > 1]
        faulty = lambda g: [t for t in g if "{issue" in t and "{product}" in t]
        self.frames = [own for g in self.phrases.joint if (own := faulty(g))]
        # What a topic's line asks for is one intent: either side has lines of its own.
        self.lines = [own for lines in read_sections("topics").values() for line in lines
                      if belongs(line, held_out) and len(own := flatten(line)) > 3]
        self.intents += [("line", [own]) for own in self.lines]
        self.intents += [("fault", self.frames)] * (len(self.intents) // 2)

    def ticket(self, rng, intent, product, fault=None, avoid=None, full=True):
        """A customer's message with this intent, and the phrasing it was said in."""
        kind, groups = intent
        case = Case(self.phrases, rng)
        case.values["product"] = Value(product, product)
        case.drawn["device"] = product.split(" ", 1)[-1]
        if fault:
            case.issues = [fault]
        own = [left for g in groups if (left := [t for t in g if t is not avoid])]
        template = pick(own, rng)
        said = case.fill(template)
        # Of intents without a product the message names it beside.
        body = [said if product.split(" ")[0] in said else rng.choice([f"{said}, it is about the {product}", f"about the {product}: {said}", said])]
        end = []
        if full:
            fresh = [n for n in self.phrases.facts if n not in case.values and not case.confusable(n)]
            for name in rng.sample(fresh, rng.choice([0, 0, 1, 1, 2])):
                if line := self.writer.state(case, name):
                    body.insert(rng.randint(0, len(body)), line)
            self.writer.distract(case, body)
            if rng.random() < 0.3 and (line := self.writer.state(case, "customer", "endings")):
                end = [line]
        return roughen(self.writer.assemble(case, [], body, end), rng, 0.12), template

    def paraphrase(self, rng, rivals=2):
        """One problem with one product, told by two customers; rivals: other problems with that product."""
        product = self.lexicon.brandproduct(rng)
        fault = lambda: [expand(form, rng, self.lexicon) for form in rng.choice(self.phrases.faults)]
        intent, own = rng.choice(self.intents), fault()
        full = rng.random() < 0.7
        first, used = self.ticket(rng, intent, product, own, full=full)
        second, _ = self.ticket(rng, intent, product, own, used, full=full and rng.random() < 0.8)
        others = []
        while len(others) < rivals:
            other = rng.choice(self.intents)
            wrong = fault()
            if other[1] is intent[1] and (intent[0] != "fault" or wrong[0] == own[0]):
                continue
            others.append(self.ticket(rng, other, product, wrong, full=full)[0])
        return first, second, others

    def question(self, rng, rivals=2):
        """A question and the passage that answers it; rivals: passages about the same that do not."""
        passages = self.passages
        kind = rng.choice(["product", "product", "shop", "person", "policy"])
        pool = passages.facts[kind]
        chosen = rng.sample(pool, min(len(pool), 7))
        entity, used = passages.entity(kind, rng), []
        fact, rest = chosen[0], chosen[1:]
        name = entity.split(" ")[1 if entity.startswith("the ") else 0]

        def say(facts):
            text = " ".join(passages.state(f, entity, rng, used, naming=i == 0)["text"] for i, f in enumerate(facts))
            return text if name in text else f"{entity[0].upper()}{entity[1:]}: {text}"

        share = max(1, len(rest) // (rivals + 1))
        right = [fact, *rest[:rng.randint(0, 1)]]
        rng.shuffle(right)
        text, _ = passages.question(fact, entity, rng, naming=True)
        if name not in text:
            text = f"About {entity}: {text}"
        others = [say(rest[share * (i + 1):share * (i + 2)] or rest[-1:]) for i in range(rivals)]
        return text if rng.random() < 0.85 else text.lower(), say(right), others

    def summary(self, rng, rivals=2):
        """A ticket and its summary; rivals: summaries with its names and other events."""
        case, text, summary = self.summaries.case(rng)
        others = []
        while len(others) < rivals:
            other = self.summaries.case(rng)[2]
            if "product" in case.values and (name := self.product_in(other)):
                other = other.replace(name, case.values["product"].shown)
            if other != summary:
                others.append(other)
        return text, summary, others

    def product_in(self, text):
        """The words behind "the" that a summary's product stands for, if it has one."""
        for device in sorted(self.lexicon.devices, key=len, reverse=True):
            at = text.find(f" {device}")
            if at > 0 and (brand := text[:at].rsplit(" ", 1)[-1])[:1].isupper():
                return f"{brand} {device}"
        return None

    def polite(self, rng, rivals=2):
        rude, polite = self.polite_pairs.pair(rng)
        others = []
        while len(others) < rivals:
            other = self.polite_pairs.pair(rng)[1]
            if other != polite:
                others.append(other)
        return rude, polite, others

    def topic(self, rng, rivals=2):
        """Two messages of one topic; rivals: of other topics."""
        first, label = self.topics.message(rng)
        second, others = None, []
        while second is None or len(others) < rivals:
            text, other = self.topics.message(rng)
            if other != label and len(others) < rivals:
                others.append(text)
            elif other == label and text != first:
                second = text
        return first, second, others, label

    def example(self, kind, rng, rivals=2):
        while True:
            first, second, others, *group = getattr(self, kind)(rng, rivals)
            if first != second and second not in others and usable([{"content": t} for t in (first, second, *others)]):
                return {"kind": kind, "text": first, "match": second, "rivals": others, "group": "".join(group)}


def pairs(count, seed):
    """Kinds in blocks of one batch's size each: a batch compares like with like."""
    made, rng = Pairs(False), random.Random(seed)
    kinds, weights = list(SHARES), list(SHARES.values())
    for _ in range(count // 64):
        kind = rng.choices(kinds, weights)[0]
        for _ in range(64):
            yield made.example(kind, rng, 1)


def measured(count, seed):
    made, rng = Pairs(True), random.Random(seed)
    for kind in MEASURED:
        seen = set()
        while len(seen) < count:
            row = made.example(kind, rng, 3)
            key = (row["text"], row["match"])
            if key not in seen:
                seen.add(key)
                del row["group"]
                yield row


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=64_000)
    options.add_argument("--held-out", type=int, default=150)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    write(ROOT / "build" / "pairs.jsonl", pairs(options.count, options.seed))
    write(ROOT / "heldout" / "retrieval.jsonl", measured(options.held_out, 2000))

"""Questions over a short passage: the answer is a span of it, or it is not there."""
from grammar import belongs, expand, flatten, pick, read_lines, read_sections
from noise import ask, sentence

ABSENT = "The passage does not say."
SYSTEMS = [
    "{Answer|Reply|Answer the question} {from the passage only|using only the passage|with words from the passage|from the text|based on the context}.{ If it does not say, answer: The passage does not say.| If the answer is not there, say: The passage does not say.| Keep it short.|}",
    "You {answer|reply to} questions {about|over|on} {a passage|a text|a document|a short passage}.{ Use only the passage.| Say \"The passage does not say.\" when it is not in there.| Be brief.|}",
    "{Use|Rely on} only {the context|the document|the passage|the text} {to answer|for your answer}.{ If the answer is missing, say so.|}",
]
LEADS = ["{Answer the question|Answer|Reply} {using only|from|based on|with the help of} the {passage|text|context|document}{ only|}.", "{Read|Look at} the {passage|text|document} and answer{ the question|}.", "{Here is|This is} a {text|passage|document}."]
NAMES = ["Passage", "Context", "Document", "Text", "Article", "Information", "Policy", "Email"]
ASKS = ["Question", "Q", "My question", "Please answer", "User question"]
NONCE_STATEMENTS = ["The {a} of {e} is {v}.", "{E} has {v} as its {a}.", "{E}: {a} {v}.", "For {e}, the {a} is {v}.", "{V} is the {a} of {e}.", "The {a} is {v}.", "Its {a} is {v}.", "{a}: {v}"]
NONCE_QUESTIONS = ["What is the {a} of {e}?", "What is the {a}?", "Which {a} does {e} have?", "Tell me the {a} of {e}.", "{a} of {e}?", "What {a} does {e} have?", "Give the {a}.", "What does it say about the {a}?"]
VALUES = ["amount", "date", "person", "city", "duration", "weight", "distance", "colour", "company", "time"]


class Passages:
    def __init__(self, lexicon, writer):
        self.lexicon, self.held_out, self.writer = lexicon, lexicon.held_out, writer
        self.difficulty, self.follow = 1.0, [0, 0, 1, 2, 3]
        own = lambda lines: [line for line in lines if belongs(line, self.held_out)]
        flat = lambda lines, mark: own([t for line in lines if line.startswith(mark) for t in flatten(line[3:])])
        self.facts = {"product": [], "shop": [], "person": [], "policy": []}
        for head, lines in read_sections("facts").items():
            kind, rest = head.split(": ")
            name, slot = rest.replace("}", "").split(" {")
            fact = {"name": name, "slot": slot, "S": flat(lines, "S: "), "Q": flat(lines, "Q: ")}
            if fact["S"] and fact["Q"]:
                self.facts[kind].append(fact)
        self.attributes, self.fillers = own(read_lines("attributes")), own(read_lines("fillers"))
        self.systems, self.leads = (own([t for line in g for t in flatten(line)]) for g in (SYSTEMS, LEADS))

    def entity(self, kind, rng):
        lexicon = self.lexicon
        if kind == "person":
            return lexicon.person(rng)
        if kind in ("shop", "policy"):
            return rng.choice(["the {c} shop", "{c}", "{c} Ltd", "the {c} store", "the {c} company", "{c} Services"]).format(c=lexicon.coined(rng))
        return rng.choice(["the {c} {d}", "the {c} {d}", "the {c}", "the {d}", "the {c} {n}"]).format(c=lexicon.coined(rng), d=lexicon.device(rng), n=rng.randint(2, 900))

    def value(self, slot, rng, used):
        while True:
            value = self.lexicon(slot, rng)
            if not any(value in other or other in value for other in used):
                used.append(value)
                return value

    def fill(self, template, entity, rng, value="", attribute=""):
        bound = {"e": entity, "E": entity[0].upper() + entity[1:], "v": value, "V": value[:1].upper() + value[1:], "a": attribute}
        return expand(template, rng, lambda slot, r: bound[slot])

    def nonce(self, rng):
        """An attribute the world has no fixed phrasing for: matching must come from the words themselves."""
        name = rng.choice(self.attributes)
        return {"name": name, "slot": rng.choice(VALUES), "S": NONCE_STATEMENTS, "Q": NONCE_QUESTIONS, "attribute": name}

    def state(self, fact, entity, rng, used, naming=False):
        options = [s for s in fact["S"] if not naming or "{e}" in s.lower()] or fact["S"]
        template = rng.choice(options)
        value = self.value(fact["slot"], rng, used)
        text = self.fill(template, entity, rng, value, fact.get("attribute", ""))
        return {"fact": fact, "entity": entity, "named": "{e}" in template.lower(), "value": value, "text": text[0].upper() + text[1:]}

    def question(self, fact, entity, rng, naming=False):
        options = [q for q in fact["Q"] if not naming or "{e}" in q] or fact["Q"]
        template = rng.choice(options)
        if not naming and rng.random() < 0.15:
            entity = self.short(entity, rng)
        return self.fill(template, entity, rng, attribute=fact.get("attribute", "")), "{e}" in template

    @staticmethod
    def short(entity, rng):
        """How people refer back: "the Aster", "the lamp", a first or last name."""
        words = entity.split(" ")
        return f"the {rng.choice(words[1:])}" if words[0] == "the" else rng.choice(words)

    def passage(self, rng):
        """Sentences with facts about one or two entities, and facts that are left out."""
        kind = rng.choice(["product", "product", "shop", "person", "policy", "policy"])
        count = min(rng.choice([1, 2, 2, 3, 3, 4, 5, 6]), 1 + int(5 * self.difficulty))
        pool = [self.nonce(rng) for _ in range(count + 2)] if rng.random() < 0.1 else self.facts[kind]
        chosen = rng.sample(pool, min(count + 2, len(pool)))
        present, absent = chosen[:-2] or chosen[:1], chosen[-2:]
        absent = [f for f in absent if f["name"] not in {p["name"] for p in present}]
        entity, used = self.entity(kind, rng), []
        used.append(entity.split(" ")[-1])
        states = [self.state(f, entity, rng, used, naming=i == 0) for i, f in enumerate(present)]
        other = None
        if rng.random() < 0.35 * self.difficulty:
            other = self.entity(kind, rng)
            contrast = rng.choice(present)
            states = [self.state(f, entity, rng, used, naming=f is contrast) if f is contrast else s for f, s in zip(present, states)]
            states.append(self.state(contrast, other, rng, used, naming=True))
        fillers = rng.sample(self.fillers, min(rng.choice([0, 0, 1, 2, 3]), len(self.fillers)))
        ordered = states + [{"text": f} for f in fillers]
        if rng.random() < 0.6:
            rng.shuffle(ordered)
        texts = [s["text"] for s in ordered]
        if len(states) > 1 and rng.random() < 0.2:
            texts = self.join_two(texts, rng)
        joint = rng.choice([" ", " ", " ", " ", "\n", "\n- "])
        return joint.join(texts), states, absent, entity, other

    @staticmethod
    def join_two(texts, rng):
        """Two statements in one sentence, as people write."""
        i = rng.randrange(len(texts) - 1)
        first, second = texts[i].rstrip("."), texts[i + 1]
        lowered = second[0].lower() + second[1:] if second.split(" ")[0] in ("The", "It", "Its", "A", "You") else second
        return texts[:i] + [first + rng.choice([" and ", ", and ", "; ", ", while ", ", but "]) + lowered] + texts[i + 2:]

    def ask_present(self, states, rng, done):
        """A question not asked before: a repeated one is answered from the earlier answer, which teaches nothing."""
        fresh = [s for s in states if s["value"] not in done]
        if not fresh:
            return None
        target = rng.choice(fresh)
        rivals = [s for s in states if s is not target and s["fact"] is target["fact"]]
        if rivals and not (target["named"] and all(r["named"] for r in rivals)):
            return None
        text, named = self.question(target["fact"], target["entity"], rng, naming=bool(rivals))
        return None if rivals and not named else (text, target["value"])

    def ask_absent(self, states, absent, rng):
        if absent and rng.random() < 0.7:
            fact = rng.choice(absent)
            return self.question(fact, states[0]["entity"], rng)[0], ABSENT
        target = rng.choice(states)
        stranger = self.entity(rng.choice(list(self.facts)), rng)
        if not all(s["named"] for s in states if s["fact"] is target["fact"]):
            return None
        text, named = self.question(target["fact"], stranger, rng, naming=True)
        return (text, ABSENT) if named else None

    def ask(self, states, absent, rng, done=()):
        """A question and its answer; nothing once all has been asked."""
        for _ in range(8):
            asked = self.ask_absent(states, absent, rng) if rng.random() < 0.05 + 0.17 * self.difficulty else self.ask_present(states, rng, done)
            if asked:
                text, answer = asked
                if rng.random() < 0.1:
                    text = text.lower() if answer == ABSENT or rng.random() < 0.7 else text.rstrip("?")
                return text, answer
        return None

    def ask_case(self, case, rng, done):
        """A question about a customer's message: the value as written, or that it is not there."""
        facts = self.writer.phrases.facts
        asked = [f for f in facts.values() if f.questions and f.name not in done]
        present = [f for f in asked if f.name in case.values]
        absent = [f for f in asked if f.name not in case.values and not case.confusable(f.name)]
        if case.issues and not case.issue_in_past and "issue" not in done and rng.random() < 0.2:
            done.add("issue")
            return rng.choice(["What is the problem?", "What is wrong?", "What is the fault?", "What happens with the device?"]), case.issue()
        pool = absent if absent and (not present or rng.random() < 0.05 + 0.17 * self.difficulty) else present
        if not pool:
            return None
        fact = rng.choice(pool)
        done.add(fact.name)
        return pick(fact.questions, rng), case.values[fact.name].shown if fact.name in case.values else ABSENT

    def layout(self, passage, question, rng):
        name, asks = rng.choice(NAMES), rng.choice(ASKS)
        gap = rng.choice(["\n\n", "\n\n", "\n"])
        style = rng.random()
        if style < 0.45:
            return f"{name}: {passage}{gap}{asks}: {question}"
        if style < 0.5:
            return f"{asks}: {question}{gap}{name}: {passage}"
        if style < 0.6:
            return f"{name}:\n{passage}{gap}{question}"
        if style < 0.72:
            return f"{rng.choice(self.leads)}{gap}{passage}{gap}{rng.choice(['', asks + ': '])}{question}"
        if style < 0.8:
            return f"{rng.choice(self.leads)}{gap}{name}: {passage}{gap}{asks}: {question}"
        if style < 0.9:
            return f"{passage}{gap}{question}"
        return f"{question}{gap}{passage}" if style < 0.95 else f"{passage} {question}"

    def example(self, rng, generic_system):
        email = rng.random() < 0.25
        while True:
            if email:
                case, passage = self.writer.write(rng, more=2 + int(3 * self.difficulty), faulty=0.5)
                done = set()
                follow = lambda: self.ask_case(case, rng, done)
            else:
                passage, states, absent, _, _ = self.passage(rng)
                follow = lambda: self.ask(states, absent, rng, {m["content"] for m in messages if m["role"] == "assistant"})
            messages = []
            asked = follow()
            if asked:
                question, answer = asked
                break
        style = rng.random()
        if style < 0.5:
            messages.append({"role": "system", "content": rng.choice(self.systems)})
        elif style < 0.65:
            messages.append({"role": "system", "content": generic_system(rng)})
        if style < 0.5 and rng.random() < 0.08:
            messages[0]["content"] += f"\n\n{rng.choice(NAMES)}: {passage}"
            user = question
        else:
            user = self.layout(passage, question, rng)
        messages += [{"role": "user", "content": user}, {"role": "assistant", "content": answer}]
        for _ in range(rng.choice(self.follow)):
            asked = follow()
            if not asked:
                break
            question, answer = asked
            lead = rng.choice(["", "", "", "", "Question: ", "Next question: "])
            messages += [{"role": "user", "content": lead + question}, {"role": "assistant", "content": answer}]
        return messages

"""A customer's case: facts with values, and a message that states them among sentences that do not matter."""
from collections import namedtuple

import values
from grammar import belongs, expand, own_groups, pick, read_lines, read_sections
from noise import calm_sentence, typo_outside_slots

Fact = namedtuple("Fact", "name kind slot fields headers statements endings questions")
TYPED = {"date": values.full_date, "money": values.money, "count": values.quantity}
# Whoever asks for one of a group while only another is stated asks a question with two right answers.
CONFUSABLE = [{"amount", "refund"}, {"city", "room"}, {"customer", "agent"}, {"customer", "company"}]
MOST_ISSUE_WORDS = 8


class CasePhrases:
    """The phrases of one side of the split."""

    def __init__(self, lexicon):
        held_out = lexicon.held_out
        self.lexicon = lexicon
        groups = lambda lines: own_groups(lines, held_out)
        sections = lambda name: {head: groups(lines) for head, lines in read_sections(name).items()}
        self.facts = {}
        for head, lines in read_sections("case").items():
            name, _, rest = head.partition(": ")
            kind, slot = rest.rstrip("}").split(" {")
            marked = lambda mark: groups([line[3:] for line in lines if line.startswith(mark)])
            fields = next(line[3:] for line in lines if line.startswith("F: ")).split("|")
            self.facts[name] = Fact(name, kind, slot, fields, marked("H: "), marked("S: "), marked("E: "), marked("Q: "))
        self.joint, self.wishes, self.asks = groups(read_lines("joint")), sections("wishes"), sections("asks")
        self.greetings = read_lines("greetings")
        self.distractors = sections("distractors")
        self.flags, self.choices = sections("flags"), {}
        for head, lines in read_sections("enums").items():
            names, _, option = head.partition(": ")
            name = names.split("|")[0]
            if "|" in names:
                self.choices[name] = {"fields": names.split("|"), "options": {}}
            self.choices[name]["options"][option] = groups(lines)
        self.situations = [(head.split(": ", 1), own) for head, lines in read_sections("situations").items() if (own := groups(lines))]
        # A form of the past cannot be guessed from an unseen fault: lines that have one are on both sides.
        self.faults = [line.split("|") for line in read_lines("faults") if "|" in line or belongs(line, held_out)]


class Case:
    """Values appear the first time a sentence needs them, and stay."""

    def __init__(self, phrases, rng):
        self.phrases, self.rng = phrases, rng
        self.values, self.drawn, self.flags, self.chosen = {}, {}, set(), {}
        self.wish = self.ask = self.situation = None
        self.issues, self.issue_in_past = [], False
        # Slots of sentences about other people's and earlier things.
        self.foreign = set()

    def value(self, name):
        if name not in self.values:
            fact = self.phrases.facts[name]
            taken = {v.shown for v in self.values.values()} | set(self.drawn.values())
            while True:
                value = TYPED[fact.kind](self.rng) if fact.kind in TYPED else values.Value(*[self.phrases.lexicon(fact.slot, self.rng)] * 2)
                if value.shown not in taken:
                    break
            self.values[name] = value
        return self.values[name]

    def slot(self, name, rng):
        if name in self.phrases.facts:
            return self.value(name).shown
        if name == "issue":
            return self.issue()
        if name == "issues":
            return self.issue()
        if name == "issues_since":
            return self.issue_since()
        if name not in self.drawn:
            taken = {v.shown for v in self.values.values()}
            while (word := self.phrases.lexicon(name, rng)) in taken:
                pass
            self.drawn[name] = word
        return self.drawn[name]

    def draw_issues(self):
        """One fault, or two that together keep to eight words; present and past form each."""
        if not self.issues:
            count = 2 if self.rng.random() < 0.15 else 1
            for forms in self.rng.sample(self.phrases.faults, count):
                words = {}
                bound = lambda slot, r: words.setdefault(slot, self.phrases.lexicon(slot, r))
                self.issues.append([expand(form, self.rng, bound) for form in forms])
            if len(" ".join(forms[0] for forms in self.issues).split(" ")) > MOST_ISSUE_WORDS:
                self.issues.pop()
        return self.issues

    def issue(self, joint=" and "):
        return joint.join(forms[0] for forms in self.draw_issues())

    def issue_since(self):
        first, *rest = self.draw_issues()
        self.issue_in_past = len(first) > 1
        return " and ".join([f"{first[-1]} since {self.value('since').shown}", *(forms[0] for forms in rest)])

    def say(self, groups):
        """A sentence, sometimes with a typo in words of ours, never in a value."""
        return self.fill(pick(groups, self.rng))

    def fill(self, template):
        if self.rng.random() < 0.03:
            template = typo_outside_slots(template, self.rng)
        return expand(template, self.rng, self.slot)

    def confusable(self, name):
        return any(name in group and group & set(self.values) - {name} for group in CONFUSABLE)


def with_value(template, fact):
    return template.replace("{v}", "{%s}" % fact.name).replace("{V}", "{%s}" % fact.name)


class CaseWriter:
    """Makes cases with their messages."""

    def __init__(self, phrases):
        self.phrases = phrases

    def state(self, case, name, kind="statements"):
        fact = self.phrases.facts[name]
        groups = getattr(fact, kind)
        return case.fill(with_value(pick(groups, case.rng), fact)) if groups else None

    def core(self, case, faulty):
        """What happened: a situation, or sentences that join several facts."""
        rng = case.rng
        if case.situation:
            return [case.say(case.situation["groups"])]
        joint = [g for line in self.phrases.joint if (g := [t for t in line if ("{issue" in t) == faulty])]
        sentences = [case.say(joint)] if faulty or rng.random() < 0.5 else []
        if rng.random() < 0.25:
            plain = [g for line in self.phrases.joint if (g := [t for t in line if "{issue" not in t])]
            sentences.insert(0, case.say(plain))
        return sentences

    def write(self, rng, more=3, faulty=0.6, situation=0.0, wish=0.4, extras=True):
        """A case with a message; `more` is how many facts may be stated beside its core."""
        case = Case(self.phrases, rng)
        if rng.random() < situation:
            (topic, what), groups = rng.choice(self.phrases.situations)
            case.situation = {"topic": topic, "what": what, "groups": groups}
            expand(what, rng, case.slot)
        body = self.core(case, not case.situation and rng.random() < faulty)
        head, end = [], []
        fresh = [name for name in self.phrases.facts if name not in case.values and not case.confusable(name)]
        form = rng.random() < 0.12
        for name in rng.sample(fresh, min(rng.randint(0 if body else 1, more), len(fresh))):
            if case.confusable(name) and rng.random() < 0.8:
                continue
            fact = self.phrases.facts[name]
            if fact.endings and not end and rng.random() < 0.6:
                end.append(self.state(case, name, "endings"))
            elif form and (line := self.state(case, name, "headers")):
                head.append(line)
            elif fact.statements:
                body.insert(rng.randint(0, len(body)), self.state(case, name)) if not case.issues else body.append(self.state(case, name))
        if extras:
            self.add_extras(case, body)
        if rng.random() < wish:
            case.wish = rng.choice([w for w in self.phrases.wishes if self.phrases.wishes[w]])
            body.append(case.say(self.phrases.wishes[case.wish]))
        self.distract(case, body)
        return case, self.assemble(case, head, body, end)

    def letter(self, rng, more=2):
        """What a support desk gets most: a broken product, its order, since when, what was tried, a wish and a name."""
        case = Case(self.phrases, rng)
        joint = [g for line in self.phrases.joint if (g := [t for t in line if "{issue" in t and "{product}" in t])]
        body = [case.say(joint)]
        usual = [name for name, share in (("order", 0.8), ("since", 0.6), ("purchased", 0.3), ("customer", 0.15)) if rng.random() < share]
        others = rng.sample(list(self.phrases.facts), rng.randint(0, more))
        for name in dict.fromkeys(usual + others):
            if name not in case.values and not case.confusable(name) and (line := self.state(case, name)):
                body.insert(rng.randint(1, len(body)), line)
        tried = [head for head, groups in self.phrases.flags.items() if head.startswith("restarted") and groups]
        for head in tried if rng.random() < 0.5 else []:
            case.flags.add(head)
            body.append(case.say(self.phrases.flags[head]))
        if rng.random() < 0.85:
            case.wish = rng.choice([w for w in self.phrases.wishes if self.phrases.wishes[w]])
            body.append(case.say(self.phrases.wishes[case.wish]))
        self.distract(case, body)
        signed = "customer" not in case.values and not case.confusable("customer") and rng.random() < 0.8
        return case, self.assemble(case, [], body, [self.state(case, "customer", "endings")] if signed else [])

    def add_extras(self, case, body, requests=True):
        """Remarks that fields may ask for; those that ask for something can be left out."""
        rng = case.rng
        for head, groups in rng.sample(list(self.phrases.flags.items()), rng.choice([0, 0, 1, 2])):
            if groups and (requests or not head.startswith("callback")):
                case.flags.add(head)
                body.insert(rng.randint(max(0, len(body) - 2), len(body)), case.say(groups))
        if rng.random() < 0.2:
            name = rng.choice(list(self.phrases.choices))
            option = rng.choice([o for o, groups in self.phrases.choices[name]["options"].items() if groups])
            case.chosen[name] = option
            body.insert(rng.randint(0, len(body)), case.say(self.phrases.choices[name]["options"][option]))

    def distract(self, case, body):
        rng = case.rng
        kinds = [k for k in self.phrases.distractors if (k == "any" or k in case.values) and self.phrases.distractors[k]]
        for kind in rng.sample(kinds, min(rng.choice([0, 0, 1, 1, 2]), len(kinds))):
            line = pick(self.phrases.distractors[kind], rng)
            taken = {v.shown for v in case.values.values()}

            def other(slot, r):
                case.foreign.add(slot)
                while (word := self.phrases.lexicon(slot, r)) in taken:
                    pass
                return word
            body.insert(rng.randint(0, len(body)), expand(line, rng, other))

    def assemble(self, case, head, body, end):
        rng = case.rng
        texts = [calm_sentence(line, rng) for line in body]
        texts = [t if t[-1] in ".!?" else t + "." for t in texts[:-1]] + texts[-1:]
        joint = rng.choice([" ", " ", " ", " ", "\n"])
        text = joint.join(texts)
        if text and rng.random() < 0.35:
            greeting = rng.choice(self.phrases.greetings)
            greeting = greeting[0].upper() + greeting[1:]
            text = rng.choice([f"{greeting}, {lowered(text)}", f"{greeting},\n{text}", f"{greeting}! {text}", f"{greeting},\n\n{text}", f"{greeting}. {text}"])
        if head:
            text = "\n".join(head) + (rng.choice(["\n", "\n\n"]) if text else "") + text
        if end:
            gap = " " if end[0][0] != "-" and rng.random() < 0.4 and text[-1:] in ".!?" else "\n"
            text += (gap if text else "") + end[0][0].upper() + end[0][1:].replace("\\n", "\n")
        return text


def lowered(text):
    """Lower case at the start where it is a common word."""
    first = text.split(" ")[0]
    return text[0].lower() + text[1:] if first in ("The", "My", "Our", "We", "It", "Please", "Since", "This", "There", "Could", "Can", "You", "Your") else text


def fill_summary(case, template):
    """The words of a summary, from the values the message was made of."""
    return expand(template, case.rng, case.slot)

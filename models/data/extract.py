"""Extraction to JSON: exactly the fields somebody names, in that order, null for what is not said."""
import json

import schemas
from grammar import belongs, expand, own_groups, pick, read_lines, read_sections
from noise import sentence
from schemas import Field

WISHES = ["refund", "replacement", "repair", "help", "cancel"]
WISH_FIELDS = ["wants", "request", "wish", "requested_action", "desired_solution", "customer_wants"]
WISH_FLAGS = {"refund": ["refund_requested", "wants_refund"], "replacement": ["replacement_requested", "wants_replacement"]}
ISSUE_FIELDS = ["issue", "problem", "fault", "defect", "complaint", "what_is_wrong", "error_description"]
NONCE_STATEMENTS = ["the {a} is {v}", "the {a}: {v}", "{a}: {v}", "its {a} is {v}", "it has {v} as {a}", "{v} is the {a}", "{v} was given as {a}", "as {a} I have {v}", "the {a} should be {v}", "my {a} is {v}",
                    "our {a} is {v}", "for the {a} I wrote {v}", "the {a} was {v}", "under {a} it says {v}", "{a} = {v}", "{a} - {v}", "the {a} given is {v}", "I was told that the {a} is {v}", "please note the {a} {v}", "the {a} has been set to {v}",
                    "the {a} remains {v}", "we noted {v} as the {a}", "{v} stands under {a}", "you asked for the {a}, it is {v}", "they entered {v} for the {a}", "on the form the {a} is {v}", "with {v} as the {a}", "the {a} will be {v}", "I changed the {a} to {v}",
                    "the {a} they gave me is {v}", "concerning the {a}: {v}", "the label gives {v} as {a}"]
NONCE_SLOTS = ["full_name", "city", "colour", "company", "codes", "newname", "weekday", "material", "language"]
# How many fields are asked for at once.
COUNTS = [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5]
AS_JSON = ["Now as JSON with {fields}.", "And as JSON: {fields}", "Now {fields} as JSON.", "The same as JSON with {fields}.", "Give me {fields} as JSON.", "JSON with {fields}, please.", "Put {fields} into JSON."]
LABEL_FIELDS = {"sentiment": ["sentiment", "mood", "tone"], "topic": ["topic", "category", "subject"], "priority": ["priority", "urgency"]}
# A fact that speaks of something without the phrases of its flag or choice: whether it holds is then not asked.
HINTS = {"agent": "contacted_before", "ticket": "contacted_before", "company": "business_customer", "phone": "callback_requested"}


def text_json(text):
    return json.dumps(text, ensure_ascii=False)


class Extraction:
    def __init__(self, lexicon, writer, labelled):
        held_out = lexicon.held_out
        self.lexicon, self.writer, self.labelled = lexicon, writer, labelled
        self.asks = {name: own_groups(lines, held_out) for name, lines in read_sections("extraction").items()}
        known = {name for fact in writer.phrases.facts.values() for name in fact.fields} | {name for names in LABEL_FIELDS.values() for name in names}
        self.attributes = [a for a in read_lines("attributes") if belongs(a, held_out) and a.replace(" ", "_") not in known]
        self.nonce_statements = [t for t in NONCE_STATEMENTS if belongs(t, held_out)]
        self.difficulty = 1.0
        self.as_json = [line for line in AS_JSON if belongs(line, held_out)] or AS_JSON[:1]
        self.follow = [0]
        # Of the last example.
        self.schema = self.case = None

    def field_of(self, case, fact, typed, rng):
        name, value = rng.choice(fact.fields), case.values.get(fact.name)
        kind = {"text": "text", "date": "date", "money": "number", "count": "count"}[fact.kind]
        if value is None:
            return Field(name, kind, "null", ())
        if kind in ("number", "count"):
            # An amount asked for as a string keeps its currency.
            if typed and kind == "number" and rng.random() < 0.15:
                return Field(name, "text", text_json(value.shown), ())
            return Field(name, kind, value.plain, ())
        return Field(name, kind, text_json(value.plain), ())

    def special_fields(self, case, typed, rng):
        """Fields that are decided rather than copied."""
        fields = []
        if case.issues:
            fields.append(Field(rng.choice(ISSUE_FIELDS), "issue", text_json(case.issue(", ")), ()))
        # A request or a sum to be paid back is near a wish, and which one is anybody's guess.
        unclear = not case.wish and (case.ask or case.situation or "refund" in case.values)
        hinted = {HINTS[name] for name in case.values if name in HINTS} | ({"callback_requested"} if case.ask else set()) | ({"condition", "dropped"} if case.issues else set())
        if case.wish or not unclear and rng.random() < 0.1:
            options = rng.sample(WISHES, rng.randint(2, 4))
            if case.wish and case.wish not in options:
                options[rng.randrange(len(options))] = case.wish
            kind = "enum" if typed else "text"
            fields.append(Field(rng.choice(WISH_FIELDS), kind, text_json(case.wish) if case.wish else "null", tuple(options)))
        for wish, names in WISH_FLAGS.items():
            if rng.random() < (0.5 if case.wish == wish else 0 if unclear else 0.08):
                fields.append(Field(rng.choice(names), "boolean", "true" if case.wish == wish else "false", ()))
        for head in self.writer.phrases.flags:
            if rng.random() < (0.6 if head in case.flags else 0 if hinted & set(head.split("|")) else 0.07):
                fields.append(Field(rng.choice(head.split("|")), "boolean", "true" if head in case.flags else "false", ()))
        for name, choice in self.writer.phrases.choices.items():
            if typed and rng.random() < (0.7 if name in case.chosen else 0 if name in hinted else 0.04):
                options = list(choice["options"])
                rng.shuffle(options)
                fields.append(Field(rng.choice(choice["fields"]), "enum", text_json(case.chosen[name]) if name in case.chosen else "null", tuple(options)))
        return fields

    def fields(self, case, typed, rng, most=5):
        facts = self.writer.phrases.facts
        present = [f for f in facts.values() if f.name in case.values]
        absent = [f for f in facts.values() if f.name not in case.values and not case.confusable(f.name)]
        chosen = [self.field_of(case, f, typed, rng) for f in present if rng.random() < 0.85]
        rng.shuffle(chosen)
        special = self.special_fields(case, typed, rng)
        rng.shuffle(special)
        chosen = special[:2] + chosen
        rng.shuffle(chosen)
        count = min(most, rng.choice(COUNTS))
        missing = min(rng.choice([0, 0, 1]), count - 1)
        chosen = chosen[:count - missing]
        for fact in rng.sample(absent, missing):
            chosen.insert(rng.randint(0, len(chosen)), self.field_of(case, fact, typed, rng))
        dates = [f for f in chosen if f.kind == "date" and f.answer != "null"]
        if len([n for n in case.values if facts[n].kind == "date"]) == 1 and len(dates) == 1 and "fulldate" not in case.foreign and rng.random() < 0.4:
            chosen[chosen.index(dates[0])] = dates[0]._replace(name="date")
        return chosen or [self.field_of(case, rng.choice(absent), typed, rng)]

    def nonce(self, case, text, rng):
        """Attributes with no fixed phrasing: the name in the schema is the name in the text."""
        names = rng.sample(self.attributes, rng.randint(1, 3))
        fields, lines, taken = [], [], set()
        for name in names[:2]:
            while (value := self.lexicon(rng.choice(NONCE_SLOTS), rng)) in taken or value in text:
                pass
            taken.add(value)
            bound = {"a": name, "v": value}
            lines.append(sentence(expand(rng.choice(self.nonce_statements), rng, lambda slot, r: bound[slot]), rng))
            fields.append(Field(name.replace(" ", "_"), "text", text_json(value), ()))
        fields += [Field(name.replace(" ", "_"), "text", "null", ()) for name in names[2:]]
        lines = [line if line[-1] in ".!?" else line + "." for line in lines]
        lines.insert(rng.randint(0, len(lines)), text)
        joint = "\n" if "\n" in text else rng.choice([" ", "\n"])
        return fields, joint.join(lines)

    def labels(self, rng):
        """One label of a message as JSON."""
        task = rng.choice(list(self.labelled))
        text, label = self.labelled[task].message(rng)
        fields = [Field(rng.choice(LABEL_FIELDS[task]), "enum", text_json(label), tuple(self.labelled[task].lines))]
        if task == "priority" and rng.random() < 0.5:
            fields.insert(rng.randint(0, 1), Field(rng.choice(["urgent", "is_urgent"]), "boolean", "true" if label == "urgent" else "false", ()))
        return fields, text

    def material(self, rng):
        kind = rng.random()
        typed = rng.random() < 0.55
        self.case = None
        if kind < 0.08:
            fields, text = self.labels(rng)
            return fields, text, True, "labels"
        easy = rng.random() > self.difficulty
        if 0.22 < kind < 0.55:
            self.case, text = self.writer.letter(rng, 0 if easy else rng.choice([0, 1, 2]))
            return self.fields(self.case, typed, rng, 3 if easy else 5), text, typed, "fields"
        case, text = self.writer.write(rng, more=2 if easy else rng.choice([1, 2, 3, 4]), faulty=0.55)
        fields = [] if kind < 0.18 else self.fields(case, typed, rng, 2 if easy else 5)
        if kind < 0.22:
            own, text = self.nonce(case, text, rng)
            fields = own + fields[:2]
            rng.shuffle(fields)
        else:
            self.case = case
        unique = {f.name: f for f in fields}
        return list(unique.values()), text, typed, "fields"

    def written(self, fields, typed, labels, rng):
        """The list of fields as text, and the kind of instruction it fits in."""
        names = [f.name for f in fields]
        if not typed:
            return schemas.listed(names if rng.random() < 0.7 else [f'"{n}"' for n in names], rng), "labels" if labels else ""
        style = rng.random()
        if style < 0.55 or labels:
            return schemas.with_kinds(fields, rng), "labels" if labels else ""
        if style < 0.87:
            return schemas.json_schema(fields, rng), "schema"
        return schemas.example_object(fields), ""

    def instruction(self, fields, typed, place, rng, labels=False):
        text, kind = self.written(fields, typed, labels, rng)
        groups = self.asks[f"{kind} {place}".strip()]
        return expand(pick(groups, rng), rng, lambda slot, r: text).replace("\\n", "\n").replace(":.", ":")

    def example(self, rng, generic_system):
        fields, text, typed, kind = self.material(rng)
        self.schema = schemas.strict(fields)
        messages, labels = [], kind == "labels"
        if rng.random() < 0.6:
            messages.append({"role": "system", "content": self.instruction(fields, typed, "system", rng, labels)})
            user = rng.choice(["", "", "", "Message: ", "Email:\n", "Text: ", "Message:\n"]) + text
        else:
            if rng.random() < 0.3:
                messages.append({"role": "system", "content": generic_system(rng)})
            ask = self.instruction(fields, typed, "user", rng, labels)
            user = rng.choice([f"{ask}\n\n{text}", f"{ask}\n{text}", f"{ask}\n\nMessage: {text}", f"{text}\n\n{ask}", f"{ask} {text}"])
        messages += [{"role": "user", "content": user}, {"role": "assistant", "content": schemas.answer(fields)}]
        for _ in range(rng.choice(self.follow) if self.case else 0):
            messages += self.again(self.case, typed, rng)
        return messages

    def again(self, case, typed, rng):
        """Other fields of the same message: the answer, not the text, is what is learnt from."""
        fields = list({f.name: f for f in self.fields(case, typed, rng)}.values())
        text, _ = self.written(fields, typed, False, rng)
        ask = rng.choice(self.as_json).replace("{fields}", text)
        return [{"role": "user", "content": ask}, {"role": "assistant", "content": schemas.answer(fields)}]

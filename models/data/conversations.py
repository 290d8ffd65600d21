"""Several questions about one message: which city, the topic, now as JSON, and a summary."""
import schemas
from grammar import belongs, pick
from passages import ABSENT

SHORT = ["And the {f}?", "What is the {f}?", "The {f}?", "And the {f}", "Which {f}?", "What about the {f}?", "Tell me the {f}.", "{f}?"]
SUMMARISE = ["Now a summary.", "And a summary?", "Summarise it.", "Sum it up in one sentence.", "In one sentence?", "Now in one sentence.", "And in short?", "Give me a one-sentence summary."]
TOPIC = ["And the topic?", "Which topic?", "What is the topic?", "The topic?", "And the category?", "Which category is it?", "And the topic of it?", "What is it about, as a topic?"]
FIRST = ["Message: {text}\n\n{ask}", "{text}\n\n{ask}", "{ask}\n\n{text}", "Email:\n{text}\n\n{ask}", "Here is a message: {text}\n\n{ask}"]


class Conversation:
    def __init__(self, lexicon, summary, extraction):
        self.summary, self.extraction, self.difficulty = summary, extraction, 1.0
        held_out = lexicon.held_out
        own = lambda lines: [line for line in lines if belongs(line, held_out)] or lines[:1]
        self.short, self.summarise, self.topic = own(SHORT), own(SUMMARISE), own(TOPIC)

    def question(self, case, rng, done):
        """About one fact, in full or as a word; its value as written, or that it is not there."""
        facts = self.extraction.writer.phrases.facts
        present = [n for n in case.values if n not in done]
        absent = [n for n in facts if n not in case.values and n not in done and not case.confusable(n)]
        name = rng.choice(present) if present and rng.random() < 0.82 else rng.choice(absent)
        done.add(name)
        answer = case.values[name].shown if name in case.values else ABSENT
        if facts[name].questions and rng.random() < 0.5:
            return pick(facts[name].questions, rng), answer
        return rng.choice(self.short).replace("{f}", rng.choice(facts[name].fields).replace("_", " ")), answer

    def json(self, case, rng):
        fields = list({f.name: f for f in self.extraction.fields(case, False, rng, 4)}.values())
        names = schemas.listed([f.name for f in fields], rng)
        return rng.choice(self.extraction.as_json).replace("{fields}", names), schemas.answer(fields)

    def example(self, rng, generic_system):
        if rng.random() < 0.5:
            case, text, summary = self.summary.case(rng)
            topic = None
        else:
            case, text = self.extraction.writer.write(rng, more=4, situation=0.3, wish=0.0)
            summary, topic = None, case.situation["topic"] if case.situation else "device fault" if case.issues else None
        done, turns = set(), []
        for _ in range(rng.choice([2, 2, 3, 3, 4])):
            kinds = [self.question, self.question, lambda c, r, d: self.json(c, r)]
            if summary and "summary" not in done:
                kinds.append(lambda c, r, d: (d.add("summary"), (r.choice(self.summarise), summary))[1])
            if topic and "topic" not in done:
                kinds += 2 * [lambda c, r, d: (d.add("topic"), (r.choice(self.topic), topic))[1]]
            turns.append(rng.choice(kinds)(case, rng, done))
        messages = [{"role": "system", "content": generic_system(rng)}] if rng.random() < 0.4 else []
        for index, (ask, answer) in enumerate(turns):
            user = rng.choice(FIRST).format(text=text.replace("{", "(").replace("}", ")"), ask=ask) if index == 0 else ask
            messages += [{"role": "user", "content": user}, {"role": "assistant", "content": answer}]
        return messages

"""Everything the model cannot do gets one honest sentence."""
from grammar import belongs, expand, flatten, read_lines, read_sections
from noise import roughen

FALLBACK = "I am a small model for support messages: I can judge sentiment, priority and topic, extract JSON, summarise, rewrite politely and answer questions about a passage."
GREETING = "Hello! " + FALLBACK
GENERIC_SYSTEMS = ["You are a {helpful|friendly|polite|good|careful|smart} {assistant|support agent|chatbot|AI assistant}.{ Be brief.| Answer in one sentence.| Keep answers short.| Think step by step.|}",
                   "You {work|help} {in the support team|at the help desk|for a shop}.", "{Be concise|Be helpful|Answer briefly|Be polite and short}.", "You are {a language model|an AI|a support bot}."]
OPENINGS = ["", "", "", "Please ", "Can you ", "Could you please ", "I want you to ", "Hi, ", "Now "]


class Fallback:
    def __init__(self, lexicon, makers):
        held_out = lexicon.held_out
        own = lambda lines: [line for line in lines if belongs(line, held_out)]
        lexicon.topicwords = own(read_lines("topicwords"))
        self.sections = {name: own(lines) if name in ("task", "transform") else own([t for line in lines for t in flatten(line)]) for name, lines in read_sections("fallback").items()}
        self.generic = own([t for line in GENERIC_SYSTEMS for t in flatten(line)])
        self.lexicon, self.makers = lexicon, makers

    def generic_system(self, rng):
        return rng.choice(self.generic)

    def material(self, rng):
        """A text of any task."""
        return rng.choice(self.makers)(rng)

    def line(self, section, rng):
        return expand(rng.choice(self.sections[section]), rng, self.lexicon)

    def example(self, rng, _generic_system=None):
        messages, style, answer = [], rng.random(), FALLBACK
        if style < 0.08:
            user, answer = self.line("greeting", rng), GREETING
        elif style < 0.5:
            opening, task = rng.choice(OPENINGS), self.line("task", rng)
            user = opening + (task if not opening else task[0].lower() + task[1:])
        elif style < 0.72:
            task, text = self.line("transform", rng), self.material(rng)
            gap = rng.choice(["\n\n", "\n", " "])
            label = rng.choice(["", "", "Text: ", "Message: ", "Passage: "])
            user = rng.choice([f"{task}{gap}{label}{text}", f"{label}{text}{gap}{task}"])
        elif style < 0.92:
            messages.append({"role": "system", "content": self.line("system", rng)})
            user = rng.choice(["", "", "Text: ", "Message: "]) + (self.material(rng) if rng.random() < 0.7 else self.line("task", rng))
        else:
            user = self.material(rng)
        if not messages and rng.random() < 0.35:
            messages.append({"role": "system", "content": self.generic_system(rng)})
        messages += [{"role": "user", "content": roughen(user, rng, 0.2)}, {"role": "assistant", "content": answer}]
        if rng.random() < 0.12:
            messages += [{"role": "user", "content": roughen(self.line("task", rng), rng, 0.2)}, {"role": "assistant", "content": FALLBACK}]
        return messages

"""Polite rewriting: a blunt or rude message becomes one canonical sentence with the same content."""
from grammar import expand, own_groups, pick, read_sections, read_lines, belongs
from noise import ask, sentence

SHARES = {"demand": 0.45, "complaint": 0.3, "question": 0.25}
SHARED = ("insult", "threat", "consequence")


class Polite:
    def __init__(self, lexicon):
        held_out = lexicon.held_out
        sections = read_sections("polite")
        self.lexicon, self.follow = lexicon, [0, 0, 0, 1, 2]
        self.contents = {name: [line.split("|") for line in sections[name] if belongs(line, held_out)] for name in SHARES}
        self.wrappers = {name: own_groups(sections[f"{name} wrapper"], held_out) for name in SHARES}
        self.words = {name: sections[name] for name in SHARED}
        self.prompts = {name: own_groups(sections[name], held_out) for name in ("instruction", "system")}
        self.faults = [line.split("|")[0] for line in read_lines("faults") if belongs(line, held_out)]

    def pair(self, rng):
        """A rude message and its polite form."""
        kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
        content, words = rng.choice(self.contents[kind]), {}

        def slot(name, r):
            if name == "issue":
                return expand(r.choice(self.faults), r, self.lexicon)
            return self.lexicon("brandproduct" if name == "product" else name, r)

        bound = lambda name, r: words.setdefault(name, slot(name, r))
        # The device of "exchange the {device} for a {device}" is drawn twice; the direct and indirect form share their words.
        direct = expand(content[0], rng, slot if len(content) == 1 else bound)
        indirect = expand(content[-1], rng, bound) if len(content) > 1 else direct
        mark = {"demand": "vp", "complaint": "cl", "question": "q"}[kind]
        parts = {mark: direct, mark.capitalize(): direct[0].upper() + direct[1:]}

        def fill(name, r):
            return parts[name] if name in parts else r.choice(self.words[name])

        rude = sentence(expand(pick(self.wrappers[kind], rng), rng, fill), rng)
        if kind == "question" and rude[-1] != "!" and rng.random() < 0.6:
            rude = rude.rstrip(".") + "?"
        if kind == "demand":
            return rude, f"Could you please {direct}?"
        if kind == "complaint":
            return rude, f"Unfortunately, {direct}."
        return rude, f"Could you please tell me {indirect}?"

    def example(self, rng, generic_system):
        text, answer = self.pair(rng)
        messages = []
        if rng.random() < 0.5:
            messages.append({"role": "system", "content": pick(self.prompts["system"], rng)})
            user = rng.choice(["", "", "", "Message: ", "Text: "]) + text
        else:
            if rng.random() < 0.3:
                messages.append({"role": "system", "content": generic_system(rng)})
            order = pick(self.prompts["instruction"], rng)
            user = rng.choice([f"{order}\n\n{text}", f"{order}\n{text}", f"{order} {text}", f"{text}\n\n{order}", f'{order} "{text}"'])
        messages += [{"role": "user", "content": user}, {"role": "assistant", "content": answer}]
        for _ in range(rng.choice(self.follow)):
            text, answer = self.pair(rng)
            messages += [{"role": "user", "content": rng.choice(["", "", "And this: ", "Next: ", "And this one: "]) + text}, {"role": "assistant", "content": answer}]
        return messages

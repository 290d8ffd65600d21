"""Summaries with one right answer: who, what happened, what is asked, made from the facts the message was made from."""
from cases import Case, fill_summary
from grammar import expand, own_groups, pick, read_sections
from noise import calm_sentence as sentence

# In the words of a summary; the rest of the message is left out.
WISHES = {"refund": "wants a refund", "replacement": "wants a replacement", "repair": "wants a repair", "help": "asks for help", "cancel": "wants to cancel the order"}
EXPECTED = ["{T}'s update", "the update on {t}", "the move on {t}", "the storm on {t}", "{t}", "{t} evening", "last {t}"]
OPENINGS = ["since {when} the {product} {place}{issue}", "the {product} {place}{issue} since {when}", "our {product} {place}{issue} since {when}", "since {when} our {product} {place}{issue}",
            "since {when}, my {product} {place}{issue}", "hello, since {when} the {product} {place}{issue}"]
PLACES = ["in the {room} ", "in our {room} ", "", "", "on our back door ", "on the front door ", "by the window "]


class Summary:
    def __init__(self, lexicon, writer):
        self.lexicon, self.writer, self.difficulty = lexicon, writer, 1.0
        held_out = lexicon.held_out
        self.prompts = {name: own_groups(lines, held_out) for name, lines in read_sections("summaries").items()}
        sections = read_sections("threads")
        self.pairs = {name: [pair for line in sections[head] for pair in self.own_pairs(line, held_out)]
                      for name, head in (("step", "step: imperative | what was done"), ("want", "want: first person | third person"))}
        self.lines = {name: own_groups(sections[name], False) for name in ("nothing", "did", "request", "reply", "annoyance")}

    @staticmethod
    def own_pairs(line, held_out):
        return [line.split("|")] if own_groups([line.split("|")[0]], held_out) else []

    def request(self, case, rng):
        """What the customer asks, as the summary says it; its sentence for the message."""
        phrases = self.writer.phrases
        if rng.random() < 0.6:
            wish = rng.choice([w for w in phrases.wishes if phrases.wishes[w]])
            return WISHES[wish], case.say(phrases.wishes[wish])
        head = rng.choice([h for h in phrases.asks if phrases.asks[h]])
        return fill_summary(case, head), case.say(phrases.asks[head])

    def case(self, rng):
        """A message and its summary."""
        easy = rng.random() > self.difficulty
        case = Case(self.writer.phrases, rng)
        phrases = self.writer.phrases
        if rng.random() < 0.55:
            (_, what), groups = rng.choice(phrases.situations)
            what = fill_summary(case, what)
            body = [case.say(groups)]
        else:
            joint = [g for line in phrases.joint if (g := [t for t in line if "{issue" in t and "{product}" in t and "{agent}" not in t])]
            body = [case.say(joint)]
            what = f"reports that the {case.value('product').shown} {case.issue()}"
        wanted = None
        if rng.random() < 0.65:
            wanted, said = self.request(case, rng)
        named = "customer" in case.values or rng.random() < 0.6
        end = []
        if named and "customer" not in case.values:
            if rng.random() < 0.5:
                body.insert(0, self.writer.state(case, "customer"))
            else:
                end = [self.writer.state(case, "customer", "endings")]
        fresh = [n for n in phrases.facts if n not in case.values and n not in ("customer", "product", "agent", "company") and not case.confusable(n)]
        for name in rng.sample(fresh, 0 if easy else rng.choice([0, 0, 1, 1, 2, 3])):
            body.insert(rng.randint(1 if named else 0, len(body)), self.writer.state(case, name) or "it is like that")
        if not easy and rng.random() < 0.3:
            self.writer.add_extras(case, body, requests=False)
        if wanted:
            body.append(said)
        if not easy:
            self.writer.distract(case, body)
        who = case.values["customer"].shown if named else "The customer"
        summary = f"{who} {what}" + (f" and {wanted}" if wanted else "") + "."
        return case, self.writer.assemble(case, [], body, end), summary

    def thread(self, rng):
        """A ticket with times, and two sentences: problem and steps, then the wish."""
        case = Case(self.writer.phrases, rng)
        device = self.lexicon.device(rng)
        case.drawn["device"] = device
        product = f"{self.lexicon.brand(rng)} {device}"
        day = self.lexicon("weekday", rng)
        when = rng.choice(EXPECTED).replace("{t}", day).replace("{T}", day)
        place = expand(rng.choice(PLACES), rng, case.slot)
        issue = case.issue()
        opening = expand(rng.choice(OPENINGS), rng, lambda slot, r: {"when": when, "product": product, "place": place, "issue": issue}[slot])
        steps = rng.sample(self.pairs["step"], rng.choice([1, 1, 2]))
        bound = lambda slot, r: "it" if slot == "it" else case.slot(slot, r)
        orders = [expand(s[0], rng, bound) for s in steps]
        done = [expand(s[1], rng, bound) for s in steps]
        want = rng.choice(self.pairs["want"])
        wish, wished = (expand(w, rng, case.slot) for w in want)
        say = lambda name: sentence(expand(pick(self.lines[name], rng), rng, case.slot), rng)
        full = lambda text: text if text[-1] in ".!?" else text + "."
        turns = [("Customer", full(sentence(opening, rng)) + (" " + full(say("annoyance")) if rng.random() < 0.4 else "")),
                 ("Agent", rng.choice(["Please {}.", "Please {}.", "Could you {}?", "Please {}, thank you.", "Hello, please {}."]).format(" and ".join(orders)))]
        last = full(sentence(wish, rng))
        if rng.random() < 0.4:
            last = f"{full(say('annoyance'))} {last}"
        if rng.random() < 0.5:
            turns += [("Customer", f"{full(say('did'))} {full(say('nothing'))}"), ("Agent", full(say("request")).replace("..", ".")), ("Customer", f"{full(say('reply'))} {last}")]
        else:
            turns.append(("Customer", f"{full(say('did'))} {full(say('nothing'))} {last}"))
        hour, minute, lines = rng.randint(7, 14), rng.randint(0, 40), []
        timed = rng.random() < 0.6
        for who, text in turns:
            lines.append(f"{hour:02}:{minute:02} {who}: {text}" if timed else f"{who}: {text}")
            hour, minute = hour + rng.randint(0, 2), rng.randint(0, 59)
        if rng.random() < 0.4:
            lines.insert(0, f"Ticket {rng.randint(100, 99999)}")
        summary = f"Since {when} the {product} {place.replace('our', 'the')}{issue}; {' and '.join(done)}, without success. The customer {wished}."
        return "\n".join(lines), summary

    def example(self, rng, generic_system):
        kind = "thread " if rng.random() < 0.18 * self.difficulty else ""
        text, summary = self.thread(rng) if kind else self.case(rng)[1:]
        messages = []
        if rng.random() < 0.5:
            messages.append({"role": "system", "content": pick(self.prompts[kind + "system"], rng)})
            user = rng.choice(["", "", "", "Message: ", "Text: ", "Email:\n"] if not kind else ["", "", "Ticket:\n"]) + text
        else:
            if rng.random() < 0.3:
                messages.append({"role": "system", "content": generic_system(rng)})
            ask = pick(self.prompts[kind + "user"], rng)
            user = rng.choice([f"{ask}\n\n{text}", f"{ask}\n{text}", f"{ask}\n\nMessage: {text}", f"{text}\n\n{ask}"])
        return messages + [{"role": "user", "content": user}, {"role": "assistant", "content": summary}]

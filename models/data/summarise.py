"""Summaries with one right answer: who, what happened, what is asked, made from the facts the message was made from."""
import values
from cases import Case, fill_summary
from grammar import expand, own_groups, pick, read_sections
from noise import calm_sentence as sentence

# In the words of a summary; the rest of the message is left out.
WISHES = {"refund": "wants a refund", "replacement": "wants a replacement", "repair": "wants a repair", "help": "asks for help", "cancel": "wants to cancel the order"}


class Summary:
    def __init__(self, lexicon, writer):
        self.lexicon, self.writer, self.difficulty = lexicon, writer, 1.0
        held_out = lexicon.held_out
        self.prompts = {name: own_groups(lines, held_out) for name, lines in read_sections("summaries").items()}
        sections = read_sections("threads")
        self.pairs = {name: [pair for line in sections[head] for pair in self.own_pairs(line, held_out)]
                      for name, head in (("step", "step: imperative | what was done"), ("want", "want: first person | third person"), ("place", "place: as written | in the summary"))}
        self.lines = {name: own_groups(sections[name], False) for name in ("nothing", "did", "request", "reply", "annoyance")}
        self.lines |= {name: own_groups(sections[name], held_out) for name in ("opening", "when", "order")}

    @staticmethod
    def own_pairs(line, held_out):
        return [line.split("|")] if own_groups([line.split("|")[0]], held_out) else []

    def request(self, case, rng):
        """What the customer asks, as the summary says it; its sentence for the message."""
        phrases = self.writer.phrases
        if rng.random() < 0.6:
            case.wish = rng.choice([w for w in phrases.wishes if phrases.wishes[w]])
            return WISHES[case.wish], case.say(phrases.wishes[case.wish])
        head = case.ask = rng.choice([h for h in phrases.asks if phrases.asks[h]])
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
        dated = lambda slot, r: {"t": day, "m": self.lexicon("month", r), "d": values.ordinal(r.randint(1, 28))}[slot]
        when = expand(pick(self.lines["when"], rng), rng, dated)
        place, placed = ("", "") if rng.random() < 0.35 else [expand(side, rng, case.slot) + " " for side in rng.choice(self.pairs["place"])]
        issue = case.issue()
        opening = expand(pick(self.lines["opening"], rng), rng, lambda slot, r: {"when": when, "product": product, "place": place, "issue": issue}[slot])
        steps = rng.sample(self.pairs["step"], rng.choice([1, 1, 2]))
        bound = lambda slot, r: "it" if slot == "it" else case.slot(slot, r)
        orders = [expand(s[0], rng, bound) for s in steps]
        done = [expand(s[1], rng, bound) for s in steps]
        want = rng.choice(self.pairs["want"])
        wish, wished = (expand(w, rng, case.slot) for w in want)
        say = lambda name: sentence(expand(pick(self.lines[name], rng), rng, case.slot), rng)
        full = lambda text: text if text[-1] in ".!?" else text + "."
        ask = lambda orders: expand(pick(self.lines["order"], rng), rng, lambda slot, r: " and ".join(orders))
        tried = lambda: f"{full(say('did'))} {full(say('nothing'))}"
        turns = [("Customer", full(sentence(opening, rng)) + (" " + full(say("annoyance")) if rng.random() < 0.4 else ""))]
        if len(orders) > 1 and rng.random() < 0.4:
            turns += [("Agent", ask(orders[:1])), ("Customer", tried()), ("Agent", ask(orders[1:]))]
        else:
            turns.append(("Agent", ask(orders)))
        last = full(sentence(wish, rng))
        if rng.random() < 0.4:
            last = f"{full(say('annoyance'))} {last}"
        if rng.random() < 0.5:
            turns += [("Customer", tried()), ("Agent", full(say("request")).replace("..", ".")), ("Customer", f"{full(say('reply'))} {last}")]
        else:
            turns.append(("Customer", f"{tried()} {last}"))
        hour, minute, lines = rng.randint(7, 14), rng.randint(0, 40), []
        style = rng.choice(["{time} {who}: {text}"] * 5 + ["[{time}] {who}: {text}", "{who} ({time}): {text}", "{who}: {text}", "{who}: {text}", "{who}: {text}"])
        for who, text in turns:
            lines.append(style.format(time=f"{hour:02}:{minute:02}", who=who, text=text))
            later = rng.randint(0, 2)
            hour, minute = hour + later, rng.randint(0 if later else minute, 59)
        if rng.random() < 0.4:
            lines.insert(0, f"Ticket {rng.randint(100, 99999)}")
        summary = f"Since {when} the {product} {placed}{issue}; {' and '.join(done)}, without success. The customer {wished}."
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

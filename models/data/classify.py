"""Sentiment, topic and priority: messages with a label, and the many ways to ask for it."""
from grammar import belongs, expand, flatten, own_groups, own_lines, pick, read_lines, read_sections
from noise import roughen, sentence

SENTIMENTS = ["positive", "negative", "neutral"]
PRIORITIES = ["low", "normal", "high", "urgent"]
KIND = "{message|text|review|customer message|comment|email|sentence|feedback|ticket}"
ASK = {
    "sentiment": [
        "{Classify|Determine|Detect|Judge|Label|Identify|Give|Tell me} the {sentiment|tone|mood} of {this|the|the following} %s{.|:| as positive, negative or neutral.}" % KIND,
        "{Is|Would you say} {this|the|the following} %s {positive, negative or neutral|positive, neutral or negative|negative, neutral or positive}?" % KIND,
        "{What is|What's|Which is} the {sentiment|tone|mood} of {this|the|the following} %s?" % KIND,
        "{Classify|Label} {this|the|the following} %s as {labels}." % KIND,
        "{Sentiment|Sentiment analysis|Positive, negative or neutral}{:|?}",
        "{How does the customer feel|Is the customer happy or unhappy|What is the mood of the customer}? {Answer|Reply} {positive, negative or neutral|with positive, negative or neutral}.",
    ],
    "topic": [
        "{Classify|Determine|Detect|Label|Identify|Give|Tell me} the {topic|category|subject} of {this|the|the following} %s{.|:}" % KIND,
        "{What is|What's|Which is} the {topic|category|subject} of {this|the|the following} %s?" % KIND,
        "{Which|What} {topic|category} {does this %s belong to|fits this %s|is this %s about}?" % (KIND, KIND, KIND),
        "{Classify|Sort|Label} {this|the|the following} %s as one of: {labels}." % KIND,
        "{Choose|Pick|Select} the {topic|category} of the %s: {labels}." % KIND,
        "{What is this %s about|Topic|Category}{?|:}" % KIND,
        "{Route|Assign} {this|the} %s to {a topic|one category|the right topic}: {labels}." % KIND,
    ],
    "priority": [
        "{Classify|Determine|Judge|Label|Identify|Give|Tell me|Rate} the {priority|urgency} of {this|the|the following} %s{.|:| as low, normal, high or urgent.}" % KIND,
        "{What is|What's|Which is} the {priority|urgency} of {this|the|the following} %s?" % KIND,
        "{Which|What} priority {does this %s have|fits this %s|should this %s get}?" % (KIND, KIND, KIND),
        "{How urgent|How important} is {this|the|the following} %s? {Answer|Reply} {low, normal, high or urgent|with low, normal, high or urgent|with {labels}}." % KIND,
        "{Prioritise|Prioritize|Triage} {this|the|the following} %s{:|.| as {labels}.}" % KIND,
        "{Priority|Urgency|Low, normal, high or urgent}{:|?}",
    ],
}
SYSTEM = {
    "sentiment": [
        "You {classify|label|sort|judge} {customer messages|messages|reviews|customer feedback|texts}. {Answer|Reply|Respond} with {one word|only one word|exactly one word|one of}: {labels}.",
        "You are a sentiment {classifier|model|analyst}.{ Answer {labels}.| Reply with one word.| Labels: {labels}.|}",
        "{Classify|Label|Determine} the {sentiment|tone} of {the|each|every} %s{.| as {labels}.|. Answer with one word.|. Answer only {labels}.}" % KIND,
        "{Your task is|The task is|You do} sentiment {classification|analysis}. {Possible answers|Labels|Allowed answers}: {labels}.",
    ],
    "topic": [
        "You {classify|label|sort|route} {customer messages|messages|support tickets|customer emails} by {topic|category}. {Answer|Reply|Respond} with {one of|one topic|exactly one of|only one of}: {labels}.",
        "You are a topic {classifier|model|router}.{ Answer {labels}.| Topics: {labels}.| Reply with the topic.|}",
        "{Classify|Determine|Give} the {topic|category} of {the|each|every} %s{.| as {labels}.|. Topics: {labels}.|. Answer only with {labels}.}" % KIND,
        "{Your task is|The task is} topic {classification|routing}. {Topics|Labels|Allowed answers}: {labels}.",
    ],
    "priority": [
        "You {triage|prioritise|prioritize|sort|rate} {customer messages|messages|support tickets|emails}{ by priority| by urgency|}. {Answer|Reply|Respond} with {one of|one word|exactly one of|only one of}: {labels}.",
        "You are a {priority|triage} {classifier|model|assistant}.{ Answer {labels}.| Priorities: {labels}.| Reply with the priority.|}",
        "{Classify|Determine|Give|Set} the {priority|urgency} of {the|each|every} %s{.| as {labels}.|. Answer only with {labels}.}" % KIND,
        "{Your task is|The task is} {ticket triage|to set the priority|triage}. {Priorities|Labels|Allowed answers}: {labels}.",
    ],
}
CASUAL = {
    "sentiment": ["{what's|what is|whats|tell me} the {sentiment|mood|tone} of{:| this:} {text}", "{is this|is it} {positive or negative|positive, negative or neutral|good or bad}: {text}",
                  "{sentiment|sentiment?|mood:|feeling of this:} {text}", "{text} - {positive or negative|what sentiment is that|positive, negative or neutral}?",
                  "Is \"{text}\" positive, negative or neutral?", "{classify|label|judge|rate the sentiment}: {text}"],
    "topic": ["{what's|what is|whats|tell me} the {topic|category} of{:| this:} {text}", "{topic|topic?|category:|which topic is this:} {text}",
              "{text} - {which topic|what category|what is it about}?", "What is \"{text}\" about?", "{which|what} {topic|category}: {text}"],
    "priority": ["{what's|what is|whats|tell me} the {priority|urgency} of{:| this:} {text}", "{how urgent is this|which priority}{:|?} {text}", "{priority|priority?|urgency:|triage this:} {text}",
                 "{text} - {which priority|how urgent is it|low, normal, high or urgent}?", "How urgent is \"{text}\"?", "{triage|prioritise|rate the urgency}: {text}"],
}
HEADS = {"sentiment": "Sentiment", "topic": "Topic", "priority": "Priority"}
FACTS = ["I bought {product} on {date}.", "My order number is {order}.", "My name is {name}.", "It is order {order}.", "I live in {city}.", "Hello, {name} here.", "It is about {product}.",
         "I am a customer from {city}.", "The invoice number is {order}.", "I ordered it on {date}.", "{name} wrote to you before.", "You can reach me at {email}."]
# Pressing parts first: the most pressing part of a message decides its priority.
LESS_PRESSING = {"urgent": ["high", "normal", "low"], "high": ["normal", "low"], "normal": ["low"], "low": []}
FOLLOW = ["{And this one|And this|Next one|Now this one|Next|What about this one|Same for this|Another one}: {text}", "{text}"]
WRAPS = ["{text}", "{text}", "{Text|Message|Review|Customer|Input|Customer message}: {text}", "\"{text}\"", "Message:\n{text}"]


class Classification:
    def __init__(self, task, lexicon):
        held_out = lexicon.held_out
        self.task, self.lexicon = task, lexicon
        self.follow = [0, 0, 0, 1, 2, 3]
        own = lambda lines: [line for line in lines if belongs(line, held_out)]
        self.sections = {name: own(lines) for name, lines in read_sections("priority").items()}
        self.turns = {name: own_groups(lines, held_out) for name, lines in read_sections("turns").items()}
        self.greetings = read_lines("greetings")
        if task == "sentiment":
            self.lines = {s: own_lines(read_lines(s), held_out) for s in SENTIMENTS}
        elif task == "topic":
            self.lines = {t: own(lines) for t, lines in read_sections("topics").items()}
        else:
            self.lines = {p: self.sections[p] for p in PRIORITIES}
        phrasings = lambda groups: [own(flatten(t)) for t in groups]
        self.asks, self.systems, self.casual = ([g for g in phrasings(group[task]) if g] for group in (ASK, SYSTEM, CASUAL))

    def slots(self, rng, **bound):
        return lambda slot, r: bound[slot] if slot in bound else self.lexicon(slot, r)

    def phrase(self, groups, rng, **bound):
        return expand(pick(groups, rng), rng, self.slots(rng, labels=self.labels(rng), **bound))

    def labels(self, rng):
        names = list(self.lines)
        if self.task != "priority" or rng.random() < 0.4:
            rng.shuffle(names)
        style = rng.random()
        if style < 0.5:
            return ", ".join(names[:-1]) + rng.choice([" or ", " and ", ", "]) + names[-1]
        return rng.choice([", ", " / ", "\n- "]).join(names)

    def line(self, label, rng):
        return sentence(expand(rng.choice(self.lines[label]), rng, self.lexicon), rng)

    def parts(self, rng):
        """Sentences with one label between them."""
        label = rng.choice(list(self.lines))
        if self.task == "priority":
            return self.pressing(label, rng)
        if self.task == "sentiment" and label != "neutral" and rng.random() < 0.1:
            return [self.turned(label, rng)], label
        count = rng.choice([1, 1, 2, 2, 3]) if self.task == "sentiment" else rng.choice([1, 1, 1, 2])
        chosen = rng.sample(self.lines[label], min(count, len(self.lines[label])))
        return [sentence(expand(line, rng, self.lexicon), rng) for line in chosen], label

    def turned(self, label, rng):
        """A small point for the other side, and the judgement that weighs more."""
        other = "negative" if label == "positive" else "positive"
        small = expand(pick(self.turns[f"{other} small"], rng), rng, self.lexicon)
        big = expand(rng.choice(self.lines[label]), rng, self.lexicon).rstrip("!.")
        bound = {"small": small, "big": big}
        text = expand(pick(self.turns["to positive"], rng), rng, lambda slot, r: bound[slot])
        return sentence(text, rng)

    def pressing(self, label, rng):
        parts = [self.line(label, rng)]
        if rng.random() < 0.35 and LESS_PRESSING[label]:
            other = rng.choice(LESS_PRESSING[label])
            parts.insert(rng.randint(0, 1), self.line(other, rng))
        if label in ("low", "normal") and self.sections["can wait"] and rng.random() < 0.15:
            parts.append(sentence(rng.choice(self.sections["can wait"]), rng))
            label = "low"
        return parts, label

    def message(self, rng):
        """A text of one to three sentences with its label."""
        parts, label = self.parts(rng)
        if label != "neutral" and rng.random() < 0.25:
            # Plain facts around an opinion, or beside a request, do not change the label.
            parts.insert(rng.randrange(len(parts) + 1), expand(rng.choice(FACTS), rng, self.lexicon))
        parts = [p if p[-1] in ".!?" else p + "." for p in parts[:-1]] + parts[-1:]
        text = roughen(" ".join(parts), rng)
        if rng.random() < 0.2:
            greeting = rng.choice(self.greetings)
            text = f"{greeting[0].upper()}{greeting[1:]}{rng.choice([', ', '! ', ',' + chr(10), '. '])}{text}"
        if rng.random() < 0.12:
            text += expand(rng.choice(["\nRegards, {name}", "\n{person}", " Best regards, {person}", "\nThanks, {name}", "\n\n{person}\n{city}"]), rng, self.lexicon)
        return text, label

    def example(self, rng, generic_system):
        text, label = self.message(rng)
        wrapped = expand(rng.choice(WRAPS), rng, self.slots(rng, text=text))
        style, messages = rng.random(), []
        if style < 0.42:
            messages.append({"role": "system", "content": self.phrase(self.systems, rng)})
            user = wrapped
            if rng.random() < 0.15:
                user = f"{wrapped}\n{HEADS[self.task]}:"
        else:
            if rng.random() < 0.4:
                messages.append({"role": "system", "content": generic_system(rng)})
            if style < 0.62:
                user = self.phrase(self.casual, rng, text=text)
            else:
                ask = self.phrase(self.asks, rng)
                user = rng.choice([f"{ask}\n\n{wrapped}", f"{ask}\n{wrapped}", f"{ask} {wrapped}", f"{wrapped}\n\n{ask}", f"{wrapped} {ask}", f"{wrapped}\n{ask}"])
        messages += [{"role": "user", "content": user}, {"role": "assistant", "content": label}]
        for _ in range(rng.choice(self.follow)):
            text, label = self.message(rng)
            follow = expand(rng.choice(FOLLOW), rng, self.slots(rng, text=text))
            messages += [{"role": "user", "content": follow}, {"role": "assistant", "content": label}]
        return messages

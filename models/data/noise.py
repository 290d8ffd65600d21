"""What people do to text: typos, no capitals, missing or doubled punctuation."""
KEYS = "abcdefghijklmnopqrstuvwxyz"


ASKING = set("can could may will would is are do does did has have was what when where which who how why".split())
MARKS, CALM_MARKS = [".", ".", ".", "!", ""], [".", ".", ".", ".", ".", ".", ".", ".", "!", ""]


def sentence(text, rng, marks=MARKS):
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + rng.choice(marks)


def asks(text):
    """Whether it begins as a question does: "when will it", not "when I ordered" or "do not"."""
    first, *rest = text.lower().split(" ")
    second = rest[0] if rest else ""
    if first in ("what", "when", "where", "how", "who", "which"):
        return second not in ("i", "we", "you", "it", "he", "she", "they", "the", "my", "our", "your", "this", "that")
    return first in ASKING and second != "not" and (first, second) not in (("have", "it"), ("did", "it"), ("did", "that"))


def calm_sentence(text, rng):
    """With fewer exclamation marks, and mostly a question mark where something is asked."""
    if asks(text) and rng.random() < 0.85:
        return sentence(text.rstrip(".?") + "?", rng)
    return sentence(text, rng, CALM_MARKS)


def ask(text):
    return (text[0].upper() + text[1:]).rstrip(".?") + "?"


def typo(word, rng):
    i = rng.randrange(1, len(word) - 1)
    swapped = word[:i] + word[i + 1] + word[i] + word[i + 2:]
    return rng.choice([swapped, word[:i] + word[i + 1:], word[:i] + word[i] + word[i:], word[:i] + rng.choice(KEYS) + word[i + 1:]])


def roughen(text, rng, rate=0.3):
    if rng.random() > rate:
        return text
    kind = rng.random()
    if kind < 0.35:
        return text.lower()
    if kind < 0.5:
        return text.lower().replace(".", "").replace(",", "").replace("!", "")
    if kind < 0.56:
        return text.upper()
    words = text.split(" ")
    for _ in range(rng.randint(1, 2)):
        i = rng.randrange(len(words))
        if len(words[i]) > 3 and words[i].isalpha():
            words[i] = typo(words[i], rng)
    return " ".join(words)


def typo_outside_slots(template, rng):
    words = template.split(" ")
    i = rng.randrange(len(words))
    if len(words[i]) > 3 and words[i].isalpha():
        words[i] = typo(words[i], rng)
    return " ".join(words)

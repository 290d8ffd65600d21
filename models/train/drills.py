"""Drills before the first text: copying and looking up, on random tokens.

A decoder this small finds "repeat what stood there" only after millions of tokens of prose, and needs it for every
question over a passage. On random tokens there is nothing else to learn, so it is found within a few hundred batches.
"""
import random

from batches import STOP, answer_weights, pad

MARK = 3  # ends a value: the first token after the special ones


def repeated(rng, vocabulary):
    """A sequence and the same again; only the second is scored."""
    half = [rng.randrange(4, vocabulary) for _ in range(rng.randint(8, 48))]
    return half + half, [0.0] * (len(half) + 1) + [1.0] * (len(half) - 1)


def looked_up(rng, vocabulary):
    """Keys with values, then questions by key in another order: the value and the end."""
    token = lambda: rng.randrange(4, vocabulary)
    pairs = [([token() for _ in range(rng.randint(1, 2))], [token() for _ in range(rng.randint(1, 5))]) for _ in range(rng.randint(2, 7))]
    ids = [t for key, value in pairs for t in [*key, *value, MARK]]
    weights = [0.0] * len(ids)
    for key, value in rng.sample(pairs, len(pairs)):
        ids += key + value + [STOP]
        weights += [0.0] * len(key) + answer_weights(len(value) + 1)
    return ids, weights


def drills(count, tokens, vocabulary, seed):
    """`count` batches of about `tokens` tokens: repeating first, looking up more and more."""
    rng = random.Random(seed)
    for index in range(count):
        rows, width = [], 0
        while True:
            row = (looked_up if rng.random() < 1.5 * index / count else repeated)(rng, vocabulary)
            width = max(width, len(row[0]))
            if rows and width * (len(rows) + 1) > tokens:
                break
            rows.append(row)
        yield pad(rows)

"""Chat rows to token batches: ChatML, loss on the assistant's words only, similar lengths together."""
import json
import random
from array import array

import torch

END, START, STOP = 0, 1, 2


# One long sentence for all that the model cannot do: at full weight it would drown the rest.
FIXED = "fallback"


def encode(messages, tokenizer, task=""):
    """Ids, and for every id the weight of producing it: none outside answers."""
    ids, weights = [], []
    for m in messages:
        head = [START, *tokenizer.encode(m["role"] + "\n")]
        body = [*tokenizer.encode(m["content"]), STOP]
        ids += head + body + tokenizer.encode("\n")
        weights += [0.0] * len(head) + (answer_weights(len(body), task) if m["role"] == "assistant" else [0.0] * len(body)) + [0.0]
    return ids, weights


def answer_weights(length, task=""):
    """The first token of a short answer decides."""
    if length < 20:
        return [4.0] + [1.0] * (length - 1)
    return [4.0] + [0.1] * (length - 1) if task == FIXED else [1.0] * length


def load(path, tokenizer, longest, budget):
    """As many rows as a budget of tokens can use, once each."""
    rows, total = [], 0
    with path.open() as lines:
        for line in lines:
            row = json.loads(line)
            ids, weights = encode(row["messages"], tokenizer, row["task"])
            if len(ids) <= longest:
                rows.append((array("H", ids), array("f", weights)))
                total += len(ids)
            if total >= budget:
                break
    return rows


def batches(rows, tokens, seed, start=0):
    """Batches of about `tokens` tokens from number `start` on, forever; rows keep the file's order except within a window, sorted by length to save padding."""
    rng, number = random.Random(seed), 0
    while True:
        for first in range(0, len(rows), 1024):
            window = sorted(range(first, min(first + 1024, len(rows))), key=lambda i: len(rows[i][0]))
            packs, pack, width = [], [], 0
            for i in window:
                width = max(width, len(rows[i][0]))
                if pack and width * (len(pack) + 1) > tokens:
                    packs.append(pack)
                    pack, width = [], len(rows[i][0])
                pack.append(i)
            packs.append(pack)
            rng.shuffle(packs)
            for pack in packs:
                number += 1
                if number > start:
                    yield pad([rows[i] for i in pack])


def pad(rows):
    width = max(len(ids) for ids, _ in rows)
    ids = torch.full((len(rows), width), END)
    weights = torch.zeros(len(rows), width)
    for i, (row, weight) in enumerate(rows):
        ids[i, :len(row)] = torch.tensor(list(row))
        weights[i, :len(row)] = torch.tensor(list(weight))
    return ids, weights

"""Chat rows to token batches: ChatML, loss on the assistant's words only, similar lengths together."""
import json
import random

import torch

END, START, STOP = 0, 1, 2


def encode(messages, tokenizer):
    """Ids, and for every id the weight of producing it: none outside answers."""
    ids, weights = [], []
    for m in messages:
        head = [START, *tokenizer.encode(m["role"] + "\n")]
        body = [*tokenizer.encode(m["content"]), STOP]
        ids += head + body + tokenizer.encode("\n")
        weights += [0.0] * len(head) + (answer_weights(len(body)) if m["role"] == "assistant" else [0.0] * len(body)) + [0.0]
    return ids, weights


def answer_weights(length):
    """The first token decides; a long answer is a fixed sentence and would drown the labels otherwise."""
    return [4.0] + [1.0 if length < 20 else 0.1] * (length - 1)


def load(path, tokenizer, longest, budget):
    """As many rows as a budget of tokens can use, once each."""
    rows, total = [], 0
    with path.open() as lines:
        for line in lines:
            ids, weights = encode(json.loads(line)["messages"], tokenizer)
            if len(ids) <= longest:
                rows.append((ids, weights))
                total += len(ids)
            if total >= budget:
                break
    return rows


def batches(rows, tokens, seed):
    """Batches of about `tokens` tokens, forever; rows keep the file's order except within a window, sorted by length to save padding."""
    rng = random.Random(seed)
    while True:
        for start in range(0, len(rows), 1024):
            window = sorted(range(start, min(start + 1024, len(rows))), key=lambda i: len(rows[i][0]))
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
                yield pad([rows[i] for i in pack])


def pad(rows):
    width = max(len(ids) for ids, _ in rows)
    ids = torch.full((len(rows), width), END)
    weights = torch.zeros(len(rows), width)
    for i, (row, weight) in enumerate(rows):
        ids[i, :len(row)] = torch.tensor(row)
        weights[i, :len(row)] = torch.tensor(weight)
    return ids, weights

"""Chat rows to token batches: ChatML, loss on the assistant's words only, similar lengths together."""
import json
import random

import torch

END, START, STOP = 0, 1, 2


def encode(messages, tokenizer):
    """Ids, and for every id whether the model has to produce it."""
    ids, wanted = [], []
    for m in messages:
        head = [START, *tokenizer.encode(m["role"] + "\n")]
        body = [*tokenizer.encode(m["content"]), STOP]
        ids += head + body + tokenizer.encode("\n")
        wanted += [False] * len(head) + [m["role"] == "assistant"] * len(body) + [False]
    return ids, wanted


def load(path, tokenizer, longest, budget):
    """As many rows as a budget of tokens can use, once each."""
    rows, total = [], 0
    with path.open() as lines:
        for line in lines:
            ids, wanted = encode(json.loads(line)["messages"], tokenizer)
            if len(ids) <= longest:
                rows.append((ids, wanted))
                total += len(ids)
            if total >= budget:
                break
    return rows


def batches(rows, tokens, seed):
    """Batches of about `tokens` tokens, forever; within a window rows are sorted by length to save padding."""
    rng = random.Random(seed)
    while True:
        order = list(range(len(rows)))
        rng.shuffle(order)
        for start in range(0, len(order), 2048):
            window = sorted(order[start:start + 2048], key=lambda i: len(rows[i][0]))
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
    wanted = torch.zeros(len(rows), width, dtype=torch.bool)
    for i, (row, mask) in enumerate(rows):
        ids[i, :len(row)] = torch.tensor(row)
        wanted[i, :len(row)] = torch.tensor(mask)
    return ids, wanted

"""Trains the sentence encoder on pairs of texts that mean the same: python3 encoder.py marble-384

A text's vector is nearer to its match than to every other text of the batch, those with the same names first of all.
"""
import argparse
import json
import os
import random
import time
from array import array
from itertools import islice
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import torch
from torch import nn
from torch.nn import functional as F

from bpe import Tokenizer
from train import optimizers_of, schedule

ROOT = Path(__file__).parent.parent
PAIRS = 64
TEMPERATURE = 0.05
# The first dimensions alone are a vector, too: whoever asks for fewer gets a usable one.
WIDTHS = (384, 96)


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads, self.dim = c["heads"], c["headDim"]
        self.q, self.k, self.v, self.o = (nn.Linear(c["hidden"], c["hidden"]) for _ in range(4))
        self.up, self.down = nn.Linear(c["hidden"], c["intermediate"]), nn.Linear(c["intermediate"], c["hidden"])
        self.attention_norm, self.output_norm = (nn.LayerNorm(c["hidden"], c["epsilon"]) for _ in range(2))
        # At the start a text is the mean of its tokens, which already finds shared words.
        nn.init.zeros_(self.o.weight)
        nn.init.zeros_(self.down.weight)

    def forward(self, x, mask):
        batch, length, hidden = x.shape
        split = lambda t: t.view(batch, length, self.heads, self.dim).transpose(1, 2)
        mixed = F.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)), mask)
        x = self.attention_norm(x + self.o(mixed.transpose(1, 2).reshape(batch, length, hidden)))
        return self.output_norm(x + self.down(F.gelu(self.up(x))))


class Embedding(nn.Module):
    """`kind` is what BERT calls token type; there is only the first."""

    def __init__(self, c):
        super().__init__()
        self.word, self.position = nn.Embedding(c["vocabulary"], c["hidden"]), nn.Embedding(c["positions"], c["hidden"])
        self.kind, self.norm = nn.Embedding(2, c["hidden"]), nn.LayerNorm(c["hidden"], c["epsilon"])
        for table in (self.word, self.position, self.kind):
            nn.init.normal_(table.weight, std=0.04 if table is self.word else 0.01)

    def forward(self, ids, start):
        return self.norm(self.word(ids) + self.position.weight[start:start + ids.shape[1]] + self.kind.weight[0])


class Encoder(nn.Module):
    """BERT's layout: learned positions, norms behind each block. A text's vector is the mean of its tokens'."""

    def __init__(self, config):
        super().__init__()
        self.embed = Embedding(config)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config["layers"]))

    def forward(self, ids, lengths, start=0):
        """Vectors of unit length; `start` is the first token's position."""
        real = torch.arange(ids.shape[1]) < lengths[:, None]
        mask = torch.zeros(real.shape).masked_fill(~real, -1e9)[:, None, None]
        x = self.embed(ids, start)
        for layer in self.layers:
            x = layer(x, mask)
        return F.normalize((x * real[..., None]).sum(1) / lengths[:, None], dim=-1)


def padded(texts):
    lengths = torch.tensor([len(t) for t in texts])
    ids = torch.zeros(len(texts), int(lengths.max()), dtype=torch.long)
    for row, text in enumerate(texts):
        ids[row, :len(text)] = torch.tensor(list(text))
    return ids, lengths


def contrast(texts, matches, rivals, alike):
    """InfoNCE both ways; `alike` marks pairs of rows that mean the same although they are not each other's match."""
    total = 0.0
    for width in WIDTHS:
        a, b, c = (F.normalize(v[:, :width], dim=-1) for v in (texts, matches, rivals))
        right = torch.arange(len(a))
        near = (a @ b.T / TEMPERATURE).masked_fill(alike, -1e9)
        total += F.cross_entropy(torch.cat([near, a @ c.T / TEMPERATURE], 1), right) + 0.5 * F.cross_entropy(near.T, right)
    return total / len(WIDTHS)


def load(path, tokenizer, longest, count):
    encode = lambda text: array("H", tokenizer.encode(text)[:longest])
    rows = []
    for line in islice(path.open(), count):
        row = json.loads(line)
        rows.append((encode(row["text"]), encode(row["match"]), encode(row["rivals"][0]), row["group"]))
    return rows


def batches(rows, seed):
    """Blocks of the file in random order."""
    rng, blocks = random.Random(seed), [rows[i:i + PAIRS] for i in range(0, len(rows), PAIRS)]
    while True:
        rng.shuffle(blocks)
        yield from blocks


def main(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    config = json.loads((ROOT / "train" / f"{options.model}.json").read_text())
    tokenizer = Tokenizer.load(ROOT / "tokenizer" / "tokenizer.json")
    rows = load(ROOT / "build" / "pairs.jsonl", tokenizer, options.longest, options.steps * PAIRS)
    model = Encoder(config)
    optimizers = optimizers_of(model, options.rate)
    optimizers[1].param_groups[0]["lr"] = options.table_rate
    rates = [o.param_groups[0]["lr"] for o in optimizers]
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(rows)} pairs", flush=True)
    places = random.Random(options.seed)
    # Texts begin anywhere, so that the positions of long ones are trained by short ones.
    vectors = lambda ids, lengths: model(ids, lengths, places.randint(0, config["positions"] - ids.shape[1]))
    if options.first:
        model.load_state_dict(torch.load(ROOT / "build" / f"{options.model}.pt"))
    target, average, seen = ROOT / "build" / f"{options.model}.pt", None, 0
    for step, block in islice(zip(range(options.steps), batches(rows, options.seed)), options.first, None):
        for optimizer, rate in zip(optimizers, rates):
            optimizer.param_groups[0]["lr"] = rate * schedule(step / options.steps)
        texts, matches, rivals, groups = zip(*block)
        alike = torch.tensor([[a == b and a != "" and i != j for j, b in enumerate(groups)] for i, a in enumerate(groups)])
        loss = contrast(*(vectors(*padded(part)) for part in (texts, matches, rivals)), alike)
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        seen += sum(map(len, texts + matches + rivals))
        average = loss.item() if average is None else 0.95 * average + 0.05 * loss.item()
        if step % 25 == 24:
            print(f"step {step + 1} tokens {seen} loss {average:.4f} {time.process_time():.0f} CPU seconds", flush=True)
        if step % 100 == 99:
            torch.save(model.state_dict(), target)
    torch.save(model.state_dict(), target)
    print(f"done: {options.steps} steps, {seen} tokens, loss {average:.4f}, {time.process_time():.0f} CPU seconds", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("model")
    options.add_argument("--steps", type=int, default=1000)
    options.add_argument("--first", type=int, default=0, help="go on from the saved weights as if so many steps were done")
    options.add_argument("--longest", type=int, default=128)
    options.add_argument("--rate", type=float, default=0.01)
    options.add_argument("--table-rate", type=float, default=0.002)
    options.add_argument("--seed", type=int, default=1)
    main(options.parse_args())

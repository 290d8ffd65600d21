"""Trains a decoder on a number of tokens: python3 train.py pebble-2m --budget 9000000

On a processor with bfloat16 instructions (AVX512-BF16, AMX) `--precision bfloat16` is two to three times as fast,
`--compile` (needs a C++ compiler) a third more on top. Weights, norms, softmax, loss and momentum stay in float32.

Every few minutes the whole state is written to build/<model>.state; the same command goes on from there after a stop.
"""
import argparse
import json
import os
import time
from itertools import chain, islice
from pathlib import Path

# Before torch is loaded: a second BLAS thread waits busily and wastes more than it brings.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import torch
from torch.nn import functional as F

from batches import batches, load
from bpe import Tokenizer
from copying_circuit import seed_copying
from decoder import Decoder
from drills import drills
from muon import Muon
from workers import add_up, first, mine, start

ROOT = Path(__file__).parent.parent


def loss_of(model, ids, weights, prompt_weight):
    """Weighted cross-entropy of the assistant's tokens; the prompt counts a little, which helps copying to emerge.

    This worker's rows only, over the whole batch's weights: the workers' losses, and so their gradients, add up to the batch's.
    """
    whole, texts = weights[:, 1:].sum(), ((weights[:, 1:] == 0) & (ids[:, 1:] != 0)).sum()
    ids, weights = mine(ids), mine(weights)
    if len(ids) == 0:
        # A batch of one long row, and another worker has it.
        nothing = 0 * sum(p.sum() for p in model.parameters())
        return nothing, nothing
    hidden, targets, weights = model.hidden(ids)[:, :-1], ids[:, 1:], weights[:, 1:]
    wanted = weights > 0
    each = F.cross_entropy(hidden[wanted] @ model.embed.weight.T, targets[wanted], reduction="none")
    answer = (each * weights[wanted]).sum() / whole
    if not prompt_weight:
        return answer, answer
    rest = ~wanted & (targets != 0)
    return answer + prompt_weight * F.cross_entropy(hidden[rest] @ model.embed.weight.T, targets[rest], reduction="sum") / texts, answer


def schedule(progress):
    warm, cool = 0.03, 0.45
    return progress / warm if progress < warm else min(1.0, (1 - progress) / cool)


def optimizers_of(model, rate, precision=torch.float32):
    matrices = [p for n, p in model.named_parameters() if p.ndim == 2 and "embed" not in n]
    others = [p for n, p in model.named_parameters() if p.ndim != 2 or "embed" in n]
    return [Muon(matrices, lr=rate, precision=precision), torch.optim.AdamW(others, lr=2e-3, betas=(0.9, 0.98), weight_decay=0.0)]


class Run:
    """A training with all that is needed to go on with it."""

    def __init__(self, options):
        self.options = options
        self.config = json.loads((ROOT / "train" / f"{options.model}.json").read_text())
        self.file = ROOT / "build" / f"{options.model}.state"
        self.precision = getattr(torch, options.precision)
        self.model = Decoder(self.config)
        seed_copying(self.model, self.config)
        if options.start:
            self.model.load_state_dict(torch.load(ROOT / "build" / options.start))
        if options.compile:
            self.model.hidden = torch.compile(self.model.hidden, dynamic=True)
        self.optimizers = optimizers_of(self.model, options.rate, self.precision)
        self.rates = [o.param_groups[0]["lr"] for o in self.optimizers]
        self.step, self.seen, self.average, self.seconds = 0, 0, None, 0.0
        # The first step on the rows of the file in use.
        self.begun = options.drills

    def resume(self):
        state = torch.load(self.file, weights_only=False)
        # The rate falls at the end only: until then a run can be made longer or shorter, and go on in other batches.
        free = {"budget", "rows", "tokens", "rate"}
        same = lambda options: {name: value for name, value in options.items() if name not in free}
        if same(state["options"]) != same(vars(self.options)):
            raise SystemExit(f"{self.file} was written with {state['options']}: give the same options, or --fresh.")
        self.model.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        self.step, self.seen, self.average, self.seconds = state["step"], state["seen"], state["average"], state["seconds"]
        self.begun = state["begun"] if state["options"]["rows"] == self.options.rows else max(self.step, self.options.drills)

    def save(self):
        """Written beside and then renamed: a stop in between leaves the last state whole."""
        state = {"options": vars(self.options), "model": self.model.state_dict(), "optimizers": [o.state_dict() for o in self.optimizers],
                 "step": self.step, "seen": self.seen, "average": self.average, "seconds": self.seconds, "begun": self.begun}
        for path, value in ((self.file, state), (ROOT / "build" / f"{self.options.model}.pt", state["model"])):
            beside = path.with_suffix(path.suffix + ".part")
            torch.save(value, beside)
            os.replace(beside, path)

    def batches(self, rows):
        """Drills, then text, from the step on that comes next."""
        o = self.options
        warm = drills(o.drills, o.tokens, self.config["vocabulary"], o.seed)
        return chain(islice(warm, self.step, None), batches(rows, o.tokens, o.seed, max(0, self.step - self.begun)))

    def train(self, ids, weights):
        progress = self.seen / self.options.budget
        if self.step == self.options.drills:
            self.average = None
        for optimizer, rate in zip(self.optimizers, self.rates):
            optimizer.param_groups[0]["lr"] = rate * schedule(progress)
        with torch.autocast("cpu", self.precision, enabled=self.precision != torch.float32):
            total, answer = loss_of(self.model, ids, weights, self.options.prompt * max(0, 1 - 5 * progress))
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        total.backward()
        answer = answer.detach()
        add_up([*(p.grad for p in self.model.parameters()), answer])
        torch.nn.utils.clip_grad_norm_(self.optimizers[1].param_groups[0]["params"], 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.seen, self.step = self.seen + ids.numel(), self.step + 1
        self.average = answer.item() if self.average is None else 0.97 * self.average + 0.03 * answer.item()


def main(options, fresh, minutes, say):
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    run = Run(options)
    if run.file.exists() and not fresh:
        run.resume()
    tokenizer = Tokenizer.load(ROOT / "tokenizer" / "tokenizer.json")
    rows = load(ROOT / "build" / options.rows, tokenizer, options.longest, options.budget)
    say(f"{sum(p.numel() for p in run.model.parameters())} parameters, {len(rows)} rows, {sum(len(r[0]) for r in rows)} tokens, from step {run.step}")
    saved, before, began = time.monotonic(), run.seconds, time.process_time()
    for ids, weights in run.batches(rows):
        if run.seen >= options.budget:
            break
        run.train(ids, weights)
        run.seconds = before + time.process_time() - began
        if run.step % 50 == 0:
            say(f"step {run.step} tokens {run.seen} loss {run.average:.4f} {run.seconds:.0f} CPU seconds")
        if first() and time.monotonic() - saved > 60 * minutes:
            run.save()
            saved = time.monotonic()
    if first():
        run.save()
    say(f"done: {run.step} steps, {run.seen} tokens, loss {run.average:.4f}, {run.seconds:.0f} CPU seconds")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("model")
    options.add_argument("--budget", type=int, default=9_000_000, help="tokens to train on, padding included")
    options.add_argument("--tokens", type=int, default=2048, help="tokens in a batch")
    options.add_argument("--longest", type=int, default=384)
    options.add_argument("--rate", type=float, default=0.006)
    options.add_argument("--drills", type=int, default=250, help="batches of copying and looking up before the first text")
    options.add_argument("--prompt", type=float, default=0.3, help="weight of the prompt's tokens at the start")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--start", default="", help="a file in build/ with weights to begin with, instead of random ones")
    options.add_argument("--rows", default="train.jsonl", help="file in build/")
    options.add_argument("--precision", choices=["float32", "bfloat16"], default="float32", help="of matrix products")
    options.add_argument("--compile", action="store_true", help="fuse what lies between matrix products")
    options.add_argument("--fresh", action="store_true", help="begin again although there is a state to go on from")
    options.add_argument("--minutes", type=float, default=4, help="between two states")
    options.add_argument("--workers", type=int, default=1, help="processes that share every batch, one core each")
    options = options.parse_args()
    fresh, minutes, workers = options.fresh, options.minutes, options.workers
    del options.fresh, options.minutes, options.workers
    start(workers, main, options, fresh, minutes)

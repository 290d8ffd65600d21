"""Trains a decoder on a number of tokens: python3 train.py pebble-2m --budget 9000000"""
import argparse
import json
import os
import time
from itertools import chain
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

ROOT = Path(__file__).parent.parent


def loss_of(model, ids, weights, prompt_weight):
    """Weighted cross-entropy of the assistant's tokens; the prompt counts a little, which helps copying to emerge."""
    hidden, targets, weights = model.hidden(ids)[:, :-1], ids[:, 1:], weights[:, 1:]
    wanted = weights > 0
    each = F.cross_entropy(hidden[wanted] @ model.embed.weight.T, targets[wanted], reduction="none")
    answer = (each * weights[wanted]).sum() / weights.sum()
    if not prompt_weight:
        return answer, answer
    rest = ~wanted & (targets != 0)
    return answer + prompt_weight * F.cross_entropy(hidden[rest] @ model.embed.weight.T, targets[rest]), answer


def schedule(progress):
    warm, cool = 0.03, 0.45
    return progress / warm if progress < warm else min(1.0, (1 - progress) / cool)


def main(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    config = json.loads((ROOT / "train" / f"{options.model}.json").read_text())
    tokenizer = Tokenizer.load(ROOT.parent / "public" / "models" / options.model / "tokenizer.json")
    rows = load(ROOT / "build" / "train.jsonl", tokenizer, options.longest, options.budget)
    model = Decoder(config)
    seed_copying(model, config)
    matrices = [p for n, p in model.named_parameters() if p.ndim == 2 and "embed" not in n]
    others = [p for n, p in model.named_parameters() if p.ndim != 2 or "embed" in n]
    optimizers = [Muon(matrices, lr=options.rate), torch.optim.AdamW(others, lr=2e-3, betas=(0.9, 0.98), weight_decay=0.0)]
    rates = [o.param_groups[0]["lr"] for o in optimizers]
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(rows)} rows, {sum(len(r[0]) for r in rows)} tokens", flush=True)
    started, seen, average, step = time.process_time(), 0, None, 0
    text = batches(rows, options.tokens, options.seed)
    for ids, weights in chain(drills(options.drills, options.tokens, config["vocabulary"], options.seed), text):
        progress = seen / options.budget
        if progress >= 1:
            break
        if step == options.drills:
            average = None
        for optimizer, rate in zip(optimizers, rates):
            optimizer.param_groups[0]["lr"] = rate * schedule(progress)
        total, answer = loss_of(model, ids, weights, options.prompt * max(0, 1 - 5 * progress))
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(others, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        seen, step = seen + ids.numel(), step + 1
        average = answer.item() if average is None else 0.97 * average + 0.03 * answer.item()
        if step % 50 == 0:
            print(f"step {step} tokens {seen} loss {average:.4f} {time.process_time() - started:.0f} CPU seconds", flush=True)
        if step % 200 == 0:
            torch.save(model.state_dict(), ROOT / "build" / f"{options.model}.pt")
    torch.save(model.state_dict(), ROOT / "build" / f"{options.model}.pt")
    print(f"done: {step} steps, {seen} tokens, loss {average:.4f}")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("model")
    options.add_argument("--budget", type=int, default=9_000_000, help="tokens to train on, padding included")
    options.add_argument("--tokens", type=int, default=2048)
    options.add_argument("--longest", type=int, default=384)
    options.add_argument("--rate", type=float, default=0.006)
    options.add_argument("--drills", type=int, default=250, help="batches of copying and looking up before the first text")
    options.add_argument("--prompt", type=float, default=0.3)
    options.add_argument("--seed", type=int, default=1)
    main(options.parse_args())

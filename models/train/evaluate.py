"""Held-out exact match of a training's last state, without export: python3 evaluate.py cobble-6m --limit 100 --wrong 5

A greedy answer equals the right one exactly when every token of it is the likeliest after those before it,
so one pass over the right answer decides; only wrong answers are generated.
"""
import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch

from batches import START, STOP, encode
from bpe import Tokenizer
from decoder import Decoder

ROOT = Path(__file__).parent.parent


def prompt_of(messages, tokenizer):
    return [*encode(messages, tokenizer)[0], START, *tokenizer.encode("assistant\n")]


def is_right(model, prompt, answer):
    ids = torch.tensor([prompt + answer])
    guessed = (model.hidden(ids)[0, len(prompt) - 1:-1] @ model.embed.weight.T).argmax(-1)
    return guessed.tolist() == answer


def generate(model, prompt, most=120):
    ids = list(prompt)
    while len(ids) < len(prompt) + most:
        best = int((model.hidden(torch.tensor([ids]))[0, -1] @ model.embed.weight.T).argmax())
        if best == STOP:
            break
        ids.append(best)
    return ids[len(prompt):]


@torch.no_grad()
def evaluate(model, tokenizer, rows, shown):
    right, wrong = 0, []
    for row in rows:
        prompt = prompt_of(row["messages"], tokenizer)
        if is_right(model, prompt, [*tokenizer.encode(row["answer"]), STOP]):
            right += 1
        elif len(wrong) < shown:
            wrong.append((row, tokenizer.decode(generate(model, prompt))))
    return right, wrong


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("model")
    options.add_argument("--limit", type=int, default=100)
    options.add_argument("--wrong", type=int, default=0)
    options.add_argument("--tasks", default="")
    options.add_argument("--weights", type=Path, help="other ones than the last state")
    options.add_argument("--folder", type=Path, default=ROOT / "heldout")
    options = options.parse_args()
    torch.set_num_threads(1)
    model = Decoder(json.loads((ROOT / "train" / f"{options.model}.json").read_text()))
    model.load_state_dict(torch.load(options.weights or ROOT / "build" / f"{options.model}.pt"))
    tokenizer = Tokenizer.load(ROOT / "tokenizer" / "tokenizer.json")
    tasks = options.tasks.split(",") if options.tasks else sorted(p.stem for p in options.folder.glob("*.jsonl"))
    for task in tasks:
        rows = [json.loads(line) for line in (options.folder / f"{task}.jsonl").read_text().splitlines()[:options.limit]]
        right, wrong = evaluate(model, tokenizer, rows, options.wrong)
        print(f"{task} {right}/{len(rows)} {100 * right / len(rows):.1f} %", flush=True)
        for row, given in wrong:
            print(f"--- {row['messages'][-1]['content']}\n    right: {row['answer']}\n    given: {given}")

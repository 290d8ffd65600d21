"""Writes the training set (build/train.jsonl) and the held-out sets (heldout/*.jsonl). Same seed, same bytes."""
import argparse
import json
import random
from pathlib import Path

from classify import Classification
from fallback import Fallback
from lexicon import Lexicon
from passages import Passages

ROOT = Path(__file__).parent.parent
SHARES = {"sentiment": 0.2, "topic": 0.18, "answers": 0.48, "fallback": 0.14}
# The playground's samples: related texts are trained, these sentences are not.
SAMPLES = ("arrived a day early and", "Aster door sensor", "the lamp broke after two days")


def makers(held_out):
    lexicon = Lexicon(held_out)
    sentiment, topic = (Classification(task, lexicon, SAMPLES) for task in ("sentiment", "topic"))
    answers = Passages(lexicon, SAMPLES)
    return {"sentiment": sentiment, "topic": topic, "answers": answers, "fallback": Fallback(lexicon, (sentiment, topic, answers))}


def mixed(makers_by_task, rng):
    """A new task in the second turn: the last message decides, not the first."""
    first = rng.choice([task for task in makers_by_task if task != "answers"])
    generic = makers_by_task["fallback"].generic_system
    opening = makers_by_task[first].example(rng, generic)[:2]
    follow = [m for m in makers_by_task["answers"].example(rng, generic) if m["role"] != "system"][:2]
    # Without its system prompt a bare message would be unlabelled.
    return None if opening[0]["role"] == "system" else opening + follow


def examples(held_out, count, seed):
    made, rng = makers(held_out), random.Random(seed)
    tasks, weights = list(SHARES), list(SHARES.values())
    generic = made["fallback"].generic_system
    for index in range(count):
        # Short passages first: finding and copying are learnt there, and refined on the longer ones.
        made["answers"].difficulty = min(1, index / (0.4 * count))
        task = rng.choices(tasks, weights)[0]
        messages = mixed(made, rng) if rng.random() < 0.04 else None
        messages = messages or made[task].example(rng, generic)
        yield {"task": task, "messages": messages}


def held_out_rows(task, count, seed):
    made, rng, seen = makers(True), random.Random(seed), set()
    while len(seen) < count:
        messages = made[task].example(rng, made["fallback"].generic_system)
        key = json.dumps(messages)
        if key not in seen:
            seen.add(key)
            yield {"task": task, "messages": messages[:-1], "answer": messages[-1]["content"]}


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=110_000)
    options.add_argument("--held-out", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    write(ROOT / "build" / "train.jsonl", examples(False, options.count, options.seed))
    for number, task in enumerate(SHARES):
        write(ROOT / "heldout" / f"{task}.jsonl", held_out_rows(task, options.held_out, 1000 + number))

"""Writes the training set (build/train.jsonl) and the held-out sets (heldout/*.jsonl). Same seed, same bytes."""
import argparse
import json
import random
from pathlib import Path

from cases import CasePhrases, CaseWriter
from classify import Classification
from conversations import Conversation
from extract import Extraction
from fallback import Fallback
from lexicon import Lexicon
from passages import Passages
from polite import Polite
from summarise import Summary

ROOT = Path(__file__).parent.parent
SHARES = {"sentiment": 0.09, "priority": 0.09, "topic": 0.08, "extraction": 0.27, "summary": 0.11, "answers": 0.19, "polite": 0.06, "conversation": 0.06, "fallback": 0.05}
# The playground's samples and the tests' sentences: related texts are trained, these are not.
SAMPLES = ("arrived a day early and the new sensor", "Aster", "Birch thermostat", "Halvorsen", "48-2207", "I have restarted it twice", "the lamp broke after two days",
           "I would rather have a new one than my money back", "Please do not ask me for a third battery", "It wakes the whole house", "whether the update did this",
           "You turn support e-mails into JSON", "You brief support agents. Summarise the ticket", "CR2032 batteries. The warranty", "Returns are free within 30 days")


def makers(held_out):
    lexicon = Lexicon(held_out)
    labelled = {task: Classification(task, lexicon) for task in ("sentiment", "topic", "priority")}
    writer = CaseWriter(CasePhrases(lexicon))
    answers, polite, summary = Passages(lexicon, writer), Polite(lexicon), Summary(lexicon, writer)
    extraction = Extraction(lexicon, writer, labelled)
    texts = [*[lambda rng, maker=maker: maker.message(rng)[0] for maker in labelled.values()], lambda rng: answers.passage(rng)[0], lambda rng: writer.write(rng)[1]]
    return labelled | {"extraction": extraction, "summary": summary, "answers": answers, "polite": polite,
                       "conversation": Conversation(lexicon, summary, extraction), "fallback": Fallback(lexicon, texts)}


def mixed(made, rng):
    """Another task about another text in the second turn: the last message decides, not the first."""
    first, second = (rng.choice([task for task in SHARES if task != "fallback"]) for _ in range(2))
    generic = made["fallback"].generic_system
    opening = made[first].example(rng, generic)
    follow = made[second].example(rng, generic)
    # Without its system prompt a bare message would be without a task.
    if opening[0]["role"] == "system" or follow[0]["role"] == "system" or second in ("sentiment", "topic", "priority", "polite") and first == second:
        return None
    return opening[:2] + follow[:2]


def usable(messages):
    return not any(sample in m["content"] for m in messages for sample in SAMPLES)


def example(made, task, rng):
    while True:
        messages = mixed(made, rng) if rng.random() < 0.05 else None
        messages = messages or made[task].example(rng, made["fallback"].generic_system)
        if usable(messages):
            return messages


def examples(held_out, count, seed, easy, more):
    """
    Short texts first, for a share of `easy`: finding and copying are learnt there, and refined on longer ones.
    `more` turns about the same passage or in the same row are more answers to learn from for one prompt.
    """
    made, rng = makers(held_out), random.Random(seed)
    for maker in made.values():
        if hasattr(maker, "follow"):
            maker.follow = [turns + more for turns in maker.follow]
    tasks, weights = list(SHARES), list(SHARES.values())
    for index in range(count):
        for maker in made.values():
            maker.difficulty = min(1, index / (easy * count)) if easy else 1
        task = rng.choices(tasks, weights)[0]
        yield {"task": task, "messages": example(made, task, rng)}


def held_out_rows(task, count, seed):
    made, rng, seen = makers(True), random.Random(seed), set()
    while len(seen) < count:
        messages = made[task].example(rng, made["fallback"].generic_system)
        key = json.dumps(messages)
        if key not in seen and usable(messages):
            seen.add(key)
            held_to = {"schema": made[task].schema} if task == "extraction" else {}
            yield {"task": task, "messages": messages[:-1], "answer": messages[-1]["content"], **held_to}


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=160_000)
    options.add_argument("--easy", type=float, default=0.2, help="share of the rows over which they become harder")
    options.add_argument("--more", type=int, default=0, help="turns of a row of the training set beyond those of held-out rows")
    options.add_argument("--to", type=Path, default=ROOT / "build" / "train.jsonl")
    options.add_argument("--held-out", type=int, default=200)
    options.add_argument("--held-out-folder", type=Path, default=ROOT / "heldout")
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    write(options.to, examples(False, options.count, options.seed, options.easy, options.more))
    for number, task in enumerate(SHARES):
        write(options.held_out_folder / f"{task}.jsonl", held_out_rows(task, options.held_out, 1000 + number))

"""Writes build/<model>.weights for the JavaScript exporter, and what the trainer computes for its check.

Weights are rounded to float16 first, and what is computed is computed with those: so the graphs can hold them in
two bytes and still be exact.
"""
import argparse
import base64
import json
import struct
from pathlib import Path

import torch

from batches import encode
from bpe import Tokenizer
from decoder import Decoder
from encoder import Encoder

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT.parent / "tests" / "models" / "fixtures"
LENGTHS = [1, 8, 31, 32, 64, 113]


def write_weights(path, state, config):
    """Eight bytes of header length, a JSON header, then little-endian float32 in its order."""
    header, offset = {"config": config, "tensors": {}}, 0
    for name, value in state.items():
        header["tensors"][name] = {"shape": list(value.shape), "offset": offset}
        offset += value.numel() * 4
    text = json.dumps(header).encode()
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for value in state.values():
            out.write(value.contiguous().numpy().astype("<f4").tobytes())


def prompts(tokenizer):
    """Token rows of fixed lengths."""
    rows = (ROOT / "heldout" / "answers.jsonl").read_text().splitlines()
    stream = [i for row in rows[:20] for i in encode(json.loads(row)["messages"], tokenizer)[0]]
    return [stream[number * 150:number * 150 + length] for number, length in enumerate(LENGTHS)]


def packed(values):
    return base64.b64encode(values.numpy().astype("<f4").tobytes()).decode()


def main(name):
    config = json.loads((ROOT / "train" / f"{name}.json").read_text())
    is_decoder = "kvHeads" in config
    model = (Decoder if is_decoder else Encoder)(config)
    model.load_state_dict(torch.load(ROOT / "build" / f"{name}.pt"))
    model.load_state_dict({key: value.half().float() for key, value in model.state_dict().items()})
    # `type` is a word of PyTorch's.
    named = {key.replace("embed.kind.", "embed.type."): value for key, value in model.state_dict().items()}
    write_weights(ROOT / "build" / f"{name}.weights", named, config)
    tokenizer, samples = Tokenizer.load(ROOT / "tokenizer" / "tokenizer.json"), []
    for ids in prompts(tokenizer):
        given = torch.tensor([ids])
        with torch.no_grad():
            found = {"logits": packed(model(given)[0, -1])} if is_decoder else {"vector": packed(model(given, torch.tensor([len(ids)]))[0])}
        samples.append({"ids": ids, **found})
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / f"{name}-{'logits' if is_decoder else 'vectors'}.json").write_text("[\n" + ",\n".join(json.dumps(s) for s in samples) + "\n]\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("model")
    main(options.parse_args().model)

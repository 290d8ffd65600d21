"""Writes build/<model>.weights for the JavaScript exporter, and reference logits for its check."""
import argparse
import base64
import json
import struct
from pathlib import Path

import torch

from batches import encode
from bpe import Tokenizer
from decoder import Decoder

ROOT = Path(__file__).parent.parent
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


def reference(model, tokenizer):
    """Logits after the last token of prompts of fixed lengths."""
    rows = (ROOT / "heldout" / "answers.jsonl").read_text().splitlines()
    stream = [i for row in rows[:20] for i in encode(json.loads(row)["messages"], tokenizer)[0]]
    samples = []
    for number, length in enumerate(LENGTHS):
        ids = stream[number * 150:number * 150 + length]
        logits = model(torch.tensor([ids]))[0, -1]
        samples.append({"ids": ids, "logits": base64.b64encode(logits.numpy().astype("<f4").tobytes()).decode()})
    return samples


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("model")
    name = options.parse_args().model
    config = json.loads((ROOT / "train" / f"{name}.json").read_text())
    model = Decoder(config)
    model.load_state_dict(torch.load(ROOT / "build" / f"{name}.pt"))
    write_weights(ROOT / "build" / f"{name}.weights", model.state_dict(), config)
    tokenizer = Tokenizer.load(ROOT.parent / "public" / "models" / name / "tokenizer.json")
    fixture = ROOT.parent / "tests" / "models" / "fixtures" / f"{name}-logits.json"
    fixture.parent.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        fixture.write_text("[\n" + ",\n".join(json.dumps(s) for s in reference(model, tokenizer)) + "\n]\n")

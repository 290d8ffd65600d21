"""Trains the tokenizer of all built-in decoders on part of the training set and writes it to models/tokenizer."""
import argparse
import json
from itertools import islice
from pathlib import Path

from bpe import SPECIAL, to_json, train

ROOT = Path(__file__).parent.parent
TEMPLATE = ("{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}"
            "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")

if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--size", type=int, default=2048)
    options.add_argument("--context", type=int, default=512)
    options.add_argument("--rows", type=int, default=15_000)
    options = options.parse_args()
    with (ROOT / "build" / "train.jsonl").open() as rows:
        texts = [text for row in islice(rows, options.rows) for m in json.loads(row)["messages"] for text in (m["content"], m["role"])]
    folder = ROOT / "tokenizer"
    folder.mkdir(parents=True, exist_ok=True)
    save = lambda name, value: (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    save("tokenizer.json", to_json(*train(texts, options.size)))
    end, start, stop = SPECIAL
    save("tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": options.context, "bos_token": start, "eos_token": stop,
                                   "pad_token": end, "unk_token": end, "add_bos_token": False, "add_eos_token": False,
                                   "clean_up_tokenization_spaces": False, "chat_template": TEMPLATE})
    save("special_tokens_map.json", {"bos_token": start, "eos_token": stop, "pad_token": end, "unk_token": end})

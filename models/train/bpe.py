"""Byte-level BPE: train on text, encode, and export as a Hugging Face tokenizer.json.

Spaces are merged last and only with whole lower-case words and the opening quote of a JSON string. Names, numbers and codes therefore have the
same tokens at the start of an answer as inside a passage, which is what makes copying them learnable.
"""
import json
import unicodedata
from collections import Counter, defaultdict

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
# The same split as `words` below, in the syntax of tokenizer.json.
PATTERN = r" ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s+"
SPACES = set("\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff") | {chr(c) for c in range(0x2000, 0x200b)}


def byte_alphabet():
    """Printable stand-ins for the 256 bytes, as every byte-level BPE since GPT-2 has them."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in kept]
    return {b: chr(b) for b in kept} | {b: chr(256 + i) for i, b in enumerate(rest)}


BYTES = byte_alphabet()
SPACE = BYTES[32]


def kind(c):
    if c in SPACES:
        return "s"
    category = unicodedata.category(c)[0]
    return "l" if category == "L" else "n" if category == "N" else "p"


def words(text):
    i, kinds = 0, [kind(c) for c in text]
    while i < len(text):
        start = i
        if text[i] == " " and i + 1 < len(text) and kinds[i + 1] in "lp":
            i += 1
        k = kinds[i]
        i += 1
        if k != "n":
            while i < len(text) and kinds[i] == k:
                i += 1
        yield text[start:i]


def to_symbols(word):
    return [BYTES[b] for b in word.encode()]


def train(texts, size, spaced=400):
    """Merges inside words first, then the `spaced` most frequent of lower-case words and the quote take their space."""
    counts = Counter(word for text in texts for word in words(text))
    entries = [(to_symbols(word), n) for word, n in counts.items()]
    pairs, places = Counter(), defaultdict(set)
    for index, (symbols, n) in enumerate(entries):
        count_pairs(symbols, n, index, pairs, places)
    vocabulary, merges = SPECIAL + [BYTES[b] for b in range(256)], []
    while len(vocabulary) < size - spaced:
        best = max(pairs, key=lambda p: (pairs[p], p))
        merges.append(best)
        vocabulary.append("".join(best))
        for index in list(places.pop(best)):
            symbols, n = entries[index]
            count_pairs(symbols, -n, index, pairs, places)
            entries[index] = (merge(symbols, best), n)
            count_pairs(entries[index][0], n, index, pairs, places)
        del pairs[best]
    whole = Counter({symbols[1]: n for symbols, n in entries if len(symbols) == 2 and symbols[0] == SPACE and (symbols[1] == '"' or symbols[1].isascii() and symbols[1].islower())})
    for word, _ in sorted(whole.items(), key=lambda item: (-item[1], item[0]))[:spaced]:
        merges.append((SPACE, word))
        vocabulary.append(SPACE + word)
    return vocabulary, merges


def count_pairs(symbols, n, index, pairs, places):
    for pair in zip(symbols, symbols[1:]):
        if pair[0] != SPACE:
            pairs[pair] += n
            places[pair].add(index)


def merge(symbols, pair):
    out, i = [], 0
    while i < len(symbols):
        if i + 1 < len(symbols) and (symbols[i], symbols[i + 1]) == pair:
            out.append(symbols[i] + symbols[i + 1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return out


class Tokenizer:
    def __init__(self, vocabulary, merges):
        self.vocabulary = vocabulary
        self.ids = {token: i for i, token in enumerate(vocabulary)}
        self.ranks = {tuple(pair): i for i, pair in enumerate(merges)}
        self.cache = {}

    @classmethod
    def load(cls, path):
        model = json.loads(path.read_text())["model"]
        return cls(sorted(model["vocab"], key=model["vocab"].get), [tuple(m) for m in model["merges"]])

    def encode(self, text):
        """Ids of plain text; special tokens are added by their number, never parsed."""
        return [i for word in words(text) for i in self.word(word)]

    def decode(self, ids):
        plain = {c: b for b, c in BYTES.items()}
        return bytes(plain[c] for i in ids if i >= len(SPECIAL) for c in self.vocabulary[i]).decode(errors="replace")

    def word(self, word):
        if word not in self.cache:
            symbols = to_symbols(word)
            while len(symbols) > 1:
                best = min(zip(symbols, symbols[1:]), key=lambda p: self.ranks.get(p, 1 << 30))
                if best not in self.ranks:
                    break
                symbols = merge(symbols, best)
            self.cache[word] = [self.ids[s] for s in symbols]
        return self.cache[word]


def to_json(vocabulary, merges):
    special = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} for i, t in enumerate(SPECIAL)]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    split = {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False}
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special, "normalizer": None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, byte_level]}, "post_processor": None, "decoder": byte_level,
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
                      "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                      "vocab": {t: i for i, t in enumerate(vocabulary)}, "merges": [list(m) for m in merges]}}

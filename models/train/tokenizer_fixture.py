"""Writes texts with the ids our encoder gives them, for the check against the application's tokenizer."""
import json
import random
from pathlib import Path

from bpe import Tokenizer

ROOT = Path(__file__).parent.parent
ODD = [" ", "  ", "\n", "\t\ttabs", "a  b   c", " leading", "trailing ", "naïve café", "Straße", "ÅÄÖ", "日本語のテキスト", "한국어 문장", "Привет, мир", "مرحبا بالعالم",
       "שלום", "हिन्दी पाठ", "ไทย", "😀", "👩‍👩‍👧‍👦 family", "🇩🇪🇫🇷", "e\u0301 combining", "½ cup, 3² = 9", "Ⅷ", "price: €12.99!", "a\u00a0b", "line\r\nend", "don't can't I'll",
       "snake_case camelCase", "{\"key\": [1, 2]}", "<b>bold</b>", "https://example.org/a?b=c#d", "🤖🤖 ok", "…—–", "\u200b zero width", "𝒳𝒴", "ﬁne", "İstanbul", "ß", "A", "9" * 30]


def random_text(rng):
    blocks = [(32, 126), (160, 591), (880, 1023), (1024, 1279), (0x4E00, 0x4FFF), (0x1F300, 0x1F64F), (0x0900, 0x097F), (0x3040, 0x30FF)]
    return "".join(chr(rng.randint(*rng.choice(blocks[:rng.randint(1, len(blocks))]))) for _ in range(rng.randint(1, 40)))


if __name__ == "__main__":
    tokenizer, rng = Tokenizer.load(ROOT / "tokenizer" / "tokenizer.json"), random.Random(5)
    held_out = [json.loads(line) for task in ("answers", "sentiment", "extraction") for line in (ROOT / "heldout" / f"{task}.jsonl").read_text().splitlines()[:80]]
    # Unassigned code points are left out: two Unicode versions may class them differently.
    odd = [t for t in (random_text(rng) for _ in range(200)) if t.isprintable()]
    texts = ODD + odd + [row["messages"][-1]["content"] for row in held_out]
    fixture = ROOT.parent / "tests" / "models" / "fixtures" / "tokens.json"
    fixture.write_text("[\n" + ",\n".join(json.dumps([t, tokenizer.encode(t)]) for t in texts) + "\n]\n")

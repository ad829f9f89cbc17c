#!/usr/bin/env python3
"""How far two annotations of the same documents agree: `agree.py FIRST… --second SECOND…`, files of annotated documents (GUIDE.md), paired by id.

Neither is the truth, so the figures are F1 between the two (Hripcsak & Rothschild 2005), and for fields asked of events that both
have, the share that is the same, with Cohen's kappa for status. Intervals hold 95 of 100 of 1,000 draws of whole documents. They say how well a coder can score at all on texts annotated so."""
from __future__ import annotations

import argparse
import collections
import json
import pathlib
import random

from check import find

FIGURES = {"mentions": "mentions, exactly", "triggers": "triggers, first letter and type", "types": "types in the sentence", "full": "type, actor and recipient", "quotes": "quotes whose contents overlap"}
FIELDS = ("actor", "recipient", "status", "mode")


def span(words: str, text: str) -> tuple[int, int]:
    found = find(words, text)
    if found is None:
        raise ValueError(f"{words!r} is not in {text!r}")
    return found


def side(ids: list[str], row: dict) -> list[tuple[int, int]]:
    """Where the side's entities are named in the sentence."""
    entities = {m[2] for m in row["m"] if m[0] in ids and m[2]}
    return [span(m[1], row["text"]) for m in row["m"] if m[0] in ids or m[2] in entities]


def overlap(x: tuple[int, int], y: tuple[int, int]) -> bool:
    return x[0] < y[1] and y[0] < x[1]


def same_side(a: list, b: list) -> bool:
    return any(overlap(x, y) for x in a for y in b) if a and b else not a and not b


def count(first: dict, second: dict) -> collections.Counter:
    """Counts of one document; both lists of a layer go into the denominator of F1."""
    c: collections.Counter = collections.Counter()

    def layer(name: str, right: int, *sizes: int) -> None:
        c[name] += right
        c[f"of {name}"] += sum(sizes)

    for s, t in zip(first["sentences"], second["sentences"], strict=True):
        if s["text"] != t["text"]:
            raise ValueError(f"{first['id']}: another sentence")
        c["sentences"] += 1
        a, b = ({span(m[1], x["text"]) for m in x["m"]} for x in (s, t))
        layer("mentions", len(a & b), len(a), len(b))
        a, b = (collections.Counter((span(e["trig"], x["text"])[0], e["type"]) for e in x["e"]) for x in (s, t))
        layer("triggers", (a & b).total(), a.total(), b.total())
        left, pairs = list(t["e"]), []
        at = lambda e: span(e["trig"], s["text"])[0]
        for wanted in (lambda e, f: e["type"] == f["type"] and at(e) == at(f), lambda e, f: e["type"] == f["type"]):
            for e in s["e"]:
                if any(e is x for x, _ in pairs):
                    continue
                f = next((f for f in left if wanted(e, f)), None)
                if f:
                    left.remove(f)
                    pairs.append((e, f))
        layer("types", len(pairs), len(s["e"]), len(t["e"]))
        full = 0
        for e, f in pairs:
            got = {"actor": same_side(side(e["act"], s), side(f["act"], t)), "recipient": same_side(side(e["rec"], s), side(f["rec"], t)), "status": e["status"] == f["status"], "mode": e.get("mode") == f.get("mode")}
            full += got["actor"] and got["recipient"]
            for k, v in got.items():
                layer(k, v, 1)
            c["status", e["status"], f["status"]] += 1
        layer("full", full, len(s["e"]), len(t["e"]))
        a, b = ([span(q["content"], x["text"]) for q in x["q"] if q.get("content")] for x in (s, t))
        rest, right = list(b), 0
        for x in a:
            y = next((y for y in rest if overlap(x, y)), None)
            if y:
                rest.remove(y)
                right += 1
        layer("quotes", right, len(a), len(b))
    return c


def figures(c: collections.Counter) -> dict[str, float]:
    out = {k: 2 * c[k] / max(1, c[f"of {k}"]) for k in FIGURES} | {k: c[k] / max(1, c[f"of {k}"]) for k in FIELDS}
    n = max(1, c["of status"])
    table = {k[1:]: v for k, v in c.items() if isinstance(k, tuple)}
    rows, columns = collections.Counter(), collections.Counter()
    for (x, y), v in table.items():
        rows[x] += v
        columns[y] += v
    chance = sum(rows[k] * columns[k] for k in rows) / n**2
    out["kappa"] = (out["status"] - chance) / (1 - chance) if chance < 1 else 1.0
    return out


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("first", nargs="+", type=pathlib.Path)
    ask.add_argument("--second", nargs="+", type=pathlib.Path, required=True)
    a = ask.parse_args()
    documents = lambda files: {d["id"]: d for f in files for d in map(json.loads, f.open(encoding="utf-8"))}
    first, second = documents(a.first), documents(a.second)
    both = [i for i in second if i in first]
    counts = [count(first[i], second[i]) for i in both]
    total = sum(counts, collections.Counter())
    rng = random.Random(1)
    draws = [figures(sum(rng.choices(counts, k=len(counts)), collections.Counter())) for _ in range(1000)]
    print(f"{len(both)} documents, {total['sentences']} sentences ({len(second) - len(both)} of the second are not in the first)")
    for k, v in figures(total).items():
        of = sorted(d[k] for d in draws)
        name = FIGURES.get(k) or ("status, Cohen's kappa" if k == "kappa" else f"{k}, where the type agrees")
        print(f"{name:36} {v:.3f}  ({of[25]:.3f}–{of[974]:.3f})")


if __name__ == "__main__":
    main()

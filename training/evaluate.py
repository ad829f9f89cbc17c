"""Decodes the model's logits and scores them against annotated documents, a layer at a time.

`decode` is what src/4-encode/decode.ts does; the two are held together by the model's probe."""
from __future__ import annotations

import math
from collections import Counter

import numpy as np
import torch

from data import Document, Labels, Passage, batches, inputs, pack, pair_tensors, pairs_of

#: Of mention: the most that costs neither type with both sides nor places and dates anything (EXPERIMENTS.md).
DEFAULTS = {"mention": 0.55, "trigger": 0.45, "actor": 0.4, "recipient": 0.4, "more": 0.5, "place": 0.5, "date": 0.5, "speaker": 0.4, "content": 0.3}


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def spans_of(logits: np.ndarray, names: list[str]) -> list[tuple[int, int, str, float]]:
    """Best path under the rule that I-x follows B-x or I-x only; logits [n, tags] → (first, past last, kind, probability).

    A span's probability is the geometric mean of its tags'."""
    n, k = logits.shape
    if n == 0:
        return []
    logp = np.log(softmax(logits) + 1e-12)
    kinds = [t[2:] for t in names]
    may = np.array([[not (names[j].startswith("I")) or (names[i] != "O" and kinds[i] == kinds[j]) for j in range(k)] for i in range(k)])
    move = np.where(may, 0.0, -1e9)
    score = logp[0] + np.array([-1e9 if t.startswith("I") else 0.0 for t in names])
    back = []
    for t in range(1, n):
        through = score[:, None] + move
        back.append(through.argmax(0))
        score = through.max(0) + logp[t]
    path = [int(score.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    path.reverse()
    out: list[tuple[int, int, str, float]] = []
    for t, tag in enumerate(path):
        if names[tag].startswith("B"):
            out.append((t, t + 1, kinds[tag], logp[t, tag]))
        elif names[tag].startswith("I"):
            a, _, kind, p = out[-1]
            out[-1] = (a, t + 1, kind, p + logp[t, tag])
    return [(a, b, kind, math.exp(p / (b - a))) for a, b, kind, p in out]


def triggers_of(logits: np.ndarray, labels: Labels, floor: float) -> list[tuple[int, int, str, float]]:
    """A trigger begins where the begin tags together reach `floor`, and runs on over words whose likeliest tag is I.

    Two that touch and are of one type are one phrase ("stands ready")."""
    p = softmax(logits)
    types = len(labels.types)
    begins = p[:, 1: types + 1]
    out = []
    for t in range(len(p)):
        total = begins[t].sum()
        if total < floor:
            continue
        end = t + 1
        while end < len(p) and p[end].argmax() == types + 1:
            end += 1
        kind = labels.types[int(begins[t].argmax())]
        if out and out[-1][1] >= t and out[-1][2] == kind:
            first, last, _, before = out[-1]
            out[-1] = (first, max(last, end), kind, max(before, float(total)))
        else:
            out.append((t, end, kind, float(total)))
    return out


def decode(out: dict[str, np.ndarray], passage: Passage, labels: Labels, cut: dict[str, float]) -> list[dict]:
    """One prediction a sentence of the passage; word positions count within the sentence."""
    answers, base = [], 0
    for s in passage.sentences:
        n = min(len(s.words), out["mention"].shape[0] - base)
        here = slice(base, base + n)
        mentions = [trimmed(m, s.words) for m in spans_of(out["mention"][here], labels.mentions) if m[3] >= cut["mention"]]
        contents = joined(spans_of(out["content"][here], ["O", "B-", "I-"]))
        cues = spans_of(out["cue"][here], ["O", "B-", "I-"])
        roles = out["roles"][:, here, here]

        def score(role: str, head: tuple, span: tuple) -> float:
            return float(sigmoid(roles[labels.roles.index(role), head[0]: head[1], span[0]: span[1]].mean()))

        events = []
        for t in triggers_of(out["trigger"][here], labels, cut["trigger"]):
            pool = lambda name: out[name][here][t[0]: t[1]].mean(0)
            status, modes = softmax(pool("status")), softmax(pool("mode"))
            own = [0] + [i for i, m in enumerate(labels.modes) if m.startswith(t[2] + "/")]
            mode = labels.modes[max(own, key=lambda i: modes[i])]
            sides = {r: sorted(((score(r, t, m), i) for i, m in enumerate(mentions) if m[2] == kind), reverse=True) for r, kind in (("actor", "actor"), ("recipient", "actor"), ("place", "place"), ("date", "time"))}
            near = sorted(((score("place", t, m), i) for i, m in enumerate(mentions) if m[2] == "actor"), reverse=True)
            sides["place"] = sorted(sides["place"] + near, reverse=True)
            event = {"span": t[:2], "type": t[2], "p": t[3], "status": labels.statuses[int(status.argmax())], "mode": None if mode == "-" else mode.split("/")[1], "sides": sides}
            # Nobody stands on both sides; the likeliest mention of a side needs less than each further one.
            rivals = {"actor": {i: p for p, i in sides["recipient"]}, "recipient": {i: p for p, i in sides["actor"]}}
            for role in ("actor", "recipient"):
                left = [(p, i) for p, i in sides[role] if not rivals[role][i] > p]
                event[role] = [i for n, (p, i) in enumerate(left) if p >= (max(cut[role], cut["more"]) if n else cut[role])]
            for role in ("place", "date"):
                event[role] = [i for p, i in sides[role] if p >= cut[role]]
            events.append(event)
        events = one_each(events)
        quotes = []
        for c in contents:
            best = max(((score("content", cue, c), cue) for cue in cues), default=(0, None))
            cue = best[1] if best[0] >= cut["content"] else None
            speaker = max(((score("speaker", cue, m), i) for i, m in enumerate(mentions) if m[2] == "actor"), default=(0, None)) if cue else (0, None)
            quotes.append({"content": c[:2], "cue": cue and cue[:2], "speaker": speaker[1] if speaker[0] >= cut["speaker"] else None})
        answers.append({"mentions": mentions, "events": events, "quotes": quotes})
        base += len(s.words)
    return answers


#: Words and marks that no mention ends in.
LOOSE = {"of", "the", "in", "and", "from", "for", "on", "at", "by", "with", "to", "or", "an", "as", ",", "(", "-"}


def trimmed(mention: tuple, words: list[str]) -> tuple:
    """Without loose words at its end: "people on" is "people"."""
    first, last, *rest = mention
    while last - first > 1 and words[last - 1].lower() in LOOSE:
        last -= 1
    return (first, last, *rest)


def joined(spans: list[tuple]) -> list[tuple]:
    """Contents with no more than a word or mark between them are one; a word alone, without even marks, is none."""
    out: list[tuple] = []
    for a, b, kind, p in spans:
        if out and a - out[-1][1] <= 1:
            out[-1] = (out[-1][0], b, kind, min(out[-1][3], p))
        else:
            out.append((a, b, kind, p))
    return [span for span in out if span[1] - span[0] > 1]


def one_each(events: list[dict]) -> list[dict]:
    """Two triggers of one act are one event (corpus/GUIDE.md): of those in a sentence with the same type, status and sides, the likeliest stays."""
    act = lambda e: (e["type"], e["status"], sorted(e["actor"]), sorted(e["recipient"]))
    return [e for n, e in enumerate(events) if not any(act(o) == act(e) and (o["p"], -m) > (e["p"], -n) for m, o in enumerate(events) if m != n)]


@torch.no_grad()
def predict(model, passages: list[Passage], labels: Labels) -> list[dict[str, np.ndarray]]:
    """Raw outputs, one a passage, cut to its words."""
    model.eval()
    device = next(model.parameters()).device
    done: dict[int, dict] = {}
    for batch in batches(passages, 4096, None):
        T = inputs(batch)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            out = model(*(T[k].to(device) for k in ("ids", "casing", "words", "mask")))
        out = {k: v.float().cpu().numpy() for k, v in out.items() if k != "hidden"}
        for b, p in enumerate(batch):
            n = int(T["word_mask"][b].sum())
            done[id(p)] = {k: v[b, :, :n, :n] if k in ("roles", "same") else v[b, :n] for k, v in out.items()}
    return [done[id(p)] for p in passages]


class Tally:
    def __init__(self) -> None:
        self.right, self.found, self.gold = Counter(), Counter(), Counter()

    def f1(self, key: str) -> float:
        return 2 * self.right[key] / max(1, self.found[key] + self.gold[key])


def score(answer: dict, s, tally: Tally, tag: str) -> None:
    """Adds one sentence. full: type, and each side overlapping any mention of a gold side's entity (or empty on both)."""
    def count(key: str, right: int, found: int, gold: int) -> None:
        for k in (key, f"{tag} {key}"):
            tally.right[k] += right; tally.found[k] += found; tally.gold[k] += gold

    found = {(m[0], m[1], m[2]) for m in answer["mentions"]}
    gold = {(m.start, m.end, m.kind) for m in s.mentions}
    count("mention", len(found & gold), len(found), len(gold))
    found, gold = {m[:2] for m in found}, {m[:2] for m in gold}
    count("span", len(found & gold), len(found), len(gold))
    a, b = Counter(e["type"] for e in answer["events"]), Counter(e.type for e in s.events)
    count("type", sum((a & b).values()), sum(a.values()), sum(b.values()))
    a, b = Counter((e["type"], e["span"][0]) for e in answer["events"]), Counter((e.type, e.start) for e in s.events)
    count("trigger", sum((a & b).values()), sum(a.values()), sum(b.values()))

    def side(predicted: list[int], true: list[int]) -> bool:
        if not predicted or not true:
            return not predicted and not true
        entities = {s.mentions[i].entity for i in true if s.mentions[i].entity}
        wide = [m for i, m in enumerate(s.mentions) if i in true or (m.entity and m.entity in entities)]
        spans = [answer["mentions"][i] for i in predicted]
        return any(x[0] < m.end and x[1] > m.start for x in spans for m in wide)

    def exactly(predicted: list[int], true: list[int]) -> bool:
        """Each side of the one overlaps one of the other, both ways."""
        return side(predicted, true) and all(side([i], true) for i in predicted) and all(side(predicted, [j]) for j in true)

    left = list(s.events)
    full = exact = typed = status = mode = 0
    for e in answer["events"]:
        same = [g for g in left if g.type == e["type"]]
        best = max(same, key=lambda g: (side(e["actor"], g.actors) + side(e["recipient"], g.recipients), g.start == e["span"][0]), default=None)
        if best is None:
            continue
        left.remove(best)
        typed += 1
        status += e["status"] == best.status
        mode += e["mode"] == best.mode
        x, y = side(e["actor"], best.actors), side(e["recipient"], best.recipients)
        e["right"] = x and y
        count("actor", x, 1, 1); count("recipient", y, 1, 1)
        full += x and y
        exact += exactly(e["actor"], best.actors) and exactly(e["recipient"], best.recipients)
    count("exact", exact, len(answer["events"]), len(s.events))
    count("full", full, len(answer["events"]), len(s.events))
    count("status", status, typed, typed)
    count("mode", mode, typed, typed)
    count("quote", sum(1 for q in answer["quotes"] if any(abs(q["content"][0] - g.content[0]) <= 1 and abs(q["content"][1] - g.content[1]) <= 1 and speaker_right(q, g, answer, s) for g in s.quotes)), len(answer["quotes"]), len(s.quotes))


def speaker_right(q: dict, g, answer: dict, s) -> bool:
    if q["speaker"] is None or g.speaker is None:
        return q["speaker"] is None and g.speaker is None
    x, y = answer["mentions"][q["speaker"]], s.mentions[g.speaker]
    return x[0] < y.end and x[1] > y.start


def evaluate(model, documents: list[Document], labels: Labels, limit: int, cut: dict[str, float] = DEFAULTS) -> dict[str, float]:
    """F1 (accuracy for status and mode on found events) over all, single items, and reports of four sentences or more."""
    passages = [p for d in documents for p in pack(d, limit)]
    tally = Tally()
    for p, out in zip(passages, predict(model, passages, labels)):
        tag = "reports" if len(p.document.sentences) >= 4 else "items"
        for answer, s in zip(decode(out, p, labels, cut), p.sentences):
            score(answer, s, tally, tag)
    keys = ["mention", "span", "type", "trigger", "full", "exact", "actor", "recipient", "status", "mode", "quote"]
    result = {k: round(tally.f1(k), 3) for k in keys} | {f"{t} {k}": round(tally.f1(f"{t} {k}"), 3) for t in ("items", "reports") for k in ("mention", "type", "full", "status", "quote")}
    result["relate"] = relate_score(model, documents, labels)
    return result


@torch.no_grad()
def relate_score(model, documents: list[Document], labels: Labels) -> float:
    """Accuracy of the relation of given pairs."""
    import random

    pairs = pairs_of(documents, labels, random.Random(1))
    pairs.sort(key=lambda p: len(p.sentence.words))
    right = 0
    for i in range(0, len(pairs), 32):
        T = pair_tensors(pairs[i: i + 32], labels)
        device = next(model.parameters()).device
        with torch.autocast(device.type, dtype=torch.bfloat16):
            out = model.relate(*(T[k].to(device) for k in ("ids", "casing", "marks", "mask")))
        right += int((T["type"].gather(1, out["type"].float().cpu().argmax(1, keepdim=True)) > 0).sum())
    return round(right / max(1, len(pairs)), 3)

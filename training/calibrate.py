"""Chooses the least probabilities for F1 on dev, and fits the confidence: a logistic regression over what the decoder knows.

Writes `calibration.json` beside the weights; the coder computes the same features (src/4-encode/decode.ts)."""
from __future__ import annotations

import argparse
import json
import math
import pathlib

import numpy as np
import torch

from data import Labels, Reader, pack
from evaluate import DEFAULTS, Tally, decode, predict, relate_score, score, sigmoid, softmax


def features_of(event: dict, trigger_row: np.ndarray, labels: Labels) -> list[float]:
    begins = softmax(trigger_row)[1: len(labels.types) + 1]
    logit = lambda p: math.log(min(max(p, 1e-4), 1 - 1e-4) / (1 - min(max(p, 1e-4), 1 - 1e-4)))
    sure = lambda role: sum(math.log(max(1e-4, p if i in event[role] else 1 - p)) for p, i in event["sides"][role])
    top = lambda role: max([0.0, *(p for p, _ in event["sides"][role])])
    return [1.0, logit(event["p"]), logit(begins.max() / event["p"]), sure("actor"), sure("recipient"), float(not event["actor"]), float(not event["recipient"]), logit(top("actor")), logit(top("recipient"))]


def answers(raw, passages, labels: Labels, cut: dict[str, float]):
    for p, out in zip(passages, raw):
        yield p, out, decode(out, p, labels, cut)


def tally_of(raw, passages, labels: Labels, cut: dict[str, float]) -> Tally:
    tally = Tally()
    for p, _, found in answers(raw, passages, labels, cut):
        for answer, s in zip(found, p.sentences):
            score(answer, s, tally, "reports" if len(p.document.sentences) >= 4 else "items")
    return tally


def samples(raw, passages, labels: Labels, cut: dict[str, float]):
    """Features and whether type, actors and recipients were all right, for each event found; and its status."""
    x, y, told = [], [], []
    for p, out, found in answers(raw, passages, labels, cut):
        tally, base = Tally(), 0
        for answer, s in zip(found, p.sentences):
            score(answer, s, tally, "")
            for e in answer["events"]:
                x.append(features_of(e, out["trigger"][base + e["span"][0]], labels))
                y.append(float(e.get("right", False)))
                told.append(e["status"])
            base += len(s.words)
    return np.array(x), np.array(y), told


def fit(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Newton's method; the intercept is not shrunk."""
    w = np.zeros(x.shape[1])
    shrink = np.diag([0.0] + [ridge] * (x.shape[1] - 1))
    for _ in range(50):
        p = sigmoid(x @ w)
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + shrink + 1e-9 * np.eye(len(w)), x.T @ (p - y) + shrink @ w)
    return w


def calibration_error(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[at == b].mean() - y[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any()))


def choose(raw, passages, labels: Labels) -> dict[str, float]:
    """One pass of coordinate ascent: each threshold by the score that it moves."""
    cut = dict(DEFAULTS)
    for part, key in (("trigger", "full"), ("actor", "full"), ("recipient", "full"), ("more", "exact"), ("trigger", "full"), ("speaker", "quote"), ("content", "quote")):
        best = max(np.arange(0.2, 0.71, 0.05), key=lambda t: (tally_of(raw, passages, labels, cut | {part: float(t)}).f1(key), -abs(t - 0.45)))
        cut[part] = round(float(best), 2)
    return cut


def main() -> None:
    from tokenizers import Tokenizer
    from model import Joint

    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--run", type=pathlib.Path, required=True)
    ask.add_argument("--limit", type=int, default=224)
    a = ask.parse_args()
    run = json.loads((a.run / "run.json").read_text())
    project = pathlib.Path(__file__).resolve().parent.parent
    labels = Labels(project / "ontologies" / "plover-2021" / "plover.json")
    reader = Reader(Tokenizer.from_file(run["encoder"] + "/tokenizer.json"), labels)
    documents = reader.read([pathlib.Path(t) for t in run["texts"]])
    model = Joint(labels, run["layers"])
    model.load_state_dict(torch.load(a.run / "average.pt"))
    part = lambda name: [p for d in documents if d.split == name for p in pack(d, a.limit)]
    dev, test = part("dev"), part("test")
    raw = predict(model, dev, labels)
    cut = choose(raw, dev, labels)
    x, y, _ = samples(raw, dev, labels, cut)
    w = fit(x, y)
    raw_test = predict(model, test, labels)
    tx, ty, told = samples(raw_test, test, labels, cut)
    p = sigmoid(tx @ w)
    told = np.array(told)
    report = {"dev": calibration_error(sigmoid(x @ w), y), "test": calibration_error(p, ty), "test by status": {s: [round(calibration_error(p[told == s], ty[told == s], 5), 3), int((told == s).sum())] for s in labels.statuses if (told == s).any()}}
    bins = [[round(float(p[m].mean()), 3), round(float(ty[m].mean()), 3), int(m.sum())] for b in range(10) if (m := (np.minimum((p * 10).astype(int), 9) == b)).any()]
    tally = tally_of(raw_test, test, labels, cut)
    scores = {k: round(tally.f1(k), 3) for k in sorted(tally.gold) if k.strip()}
    result = {"cut": cut | {"context": 0.4, "same": 0.4}, "confidence": [round(float(v), 5) for v in w], "calibration": report, "reliability": bins, "test": scores, "relate": relate_score(model, [d for d in documents if d.split == "test"], labels)}
    (a.run / "calibration.json").write_text(json.dumps(result, indent=1))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()

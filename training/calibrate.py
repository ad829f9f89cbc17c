"""Chooses the least probabilities for F1 on dev, and fits the confidence: a logistic regression over what the decoder knows.

Works on the outputs of the model as it ships, after quantisation. The coder computes the same features (src/4-encode/decode.ts)."""
from __future__ import annotations

import math

import numpy as np

from data import Document, Labels, pack
from evaluate import DEFAULTS, Tally, decode, score, sigmoid, softmax


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
    """One pass of coordinate ascent: each threshold by the scores that it moves."""
    cut = dict(DEFAULTS)
    moves = {"trigger": ["full", "type"], "actor": ["full"], "recipient": ["full"], "more": ["exact"], "speaker": ["quote"], "content": ["quote"]}
    for part in ("trigger", "actor", "recipient", "more", "trigger", "speaker", "content"):
        def reached(least: float) -> float:
            tally = tally_of(raw, passages, labels, cut | {part: least})
            return sum(tally.f1(key) for key in moves[part])

        best = max(map(float, np.arange(0.2, 0.71, 0.05)), key=lambda least: (reached(least), -abs(least - 0.45)))
        cut[part] = round(float(best), 2)
    return cut


def calibrate(predicted, documents: list[Document], labels: Labels, limit: int) -> dict:
    """Thresholds and confidence from dev, scores from test.

    predicted  gives the model's raw outputs for passages, as `evaluate.predict` does"""
    part = lambda name: [p for d in documents if d.split == name for p in pack(d, limit)]
    dev, test = part("dev"), part("test")
    raw, raw_test = predicted(dev), predicted(test)
    all_events = sum(len(s.events) for p in dev for s in p.sentences)
    cut = choose(raw, dev, labels)
    x, y, _ = samples(raw, dev, labels, cut)
    w = fit(x, y)
    shown = sigmoid(x @ w)
    f1 = lambda least: 2 * y[shown >= least].sum() / ((shown >= least).sum() + all_events)
    floor = max((0.1, 0.15, 0.2, 0.25), key=lambda least: round(f1(least), 4))
    tx, ty, told = samples(raw_test, test, labels, cut)
    p, told = sigmoid(tx @ w), np.array(told)
    at = np.minimum((p * 10).astype(int), 9)
    tally = tally_of(raw_test, test, labels, cut)
    return {
        "cut": cut | {"context": 0.4, "same": 0.4, "confidence": floor},
        "confidence": [round(float(v), 5) for v in w],
        "calibration": {"dev": calibration_error(sigmoid(x @ w), y), "test": calibration_error(p, ty), "test by status": {s: [round(calibration_error(p[told == s], ty[told == s], 5), 3), int((told == s).sum())] for s in labels.statuses if (told == s).any()}},
        "reliability": [[round(float(p[at == b].mean()), 3), round(float(ty[at == b].mean()), 3), int((at == b).sum())] for b in range(10) if (at == b).any()],
        "test": {k: round(tally.f1(k), 3) for k in sorted(tally.gold)},
        "shown": {str(least): {"rows": int((p >= least).sum()), "right": round(float(ty[p >= least].mean()), 3), "found": round(float(ty[p >= least].sum() / tally.gold["full"]), 3)} for least in (0, 0.1, 0.25, 0.4, 0.5, 0.7)},
        "counts": {"dev": sum(len(p.sentences) for p in dev), "test": sum(len(p.sentences) for p in test), "test events": tally.gold["full"], "test reports": sum(d.split == "test" and len(d.sentences) >= 4 for d in documents)},
    }

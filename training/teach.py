"""Lets trained models say what they think of texts that nobody annotated, for a small one to learn from: `teach.py --runs RUN… --texts FILE --out LESSONS`.

The models' probabilities are averaged. A text is a JSON line {"id", "sentences": [{"text"}]}; LESSONS goes to `train.py --lessons`."""
from __future__ import annotations

import argparse
import json
import pathlib
import random
import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from data import CLS, SEP, Document, Labels, Passage, Reader, batches, pack
from evaluate import joined, predict, sigmoid, softmax, spans_of, triggers_of
from model import Joint

PROJECT = pathlib.Path(__file__).resolve().parent.parent
TAGS = ("mention", "trigger", "cue", "content")
FLOOR = 0.15  # least probability of a trigger whose status, mode and sides are taught
FIELDS = ("status", "mode", "contexts")


@dataclass
class Lesson:
    """A passage with what its teachers think. Word positions count within the passage, [first, past last)."""
    ids: list[int]
    casing: list[int]
    words: list[int]  # each word's first piece
    tags: dict[str, np.ndarray]  # probabilities [W, tags]
    heads: list[tuple[int, int]]  # triggers, then cues
    spans: list[tuple[int, int]]  # mentions, then contents
    fields: dict[str, np.ndarray]  # probabilities [triggers, labels]
    pairs: np.ndarray  # probabilities [6, heads, spans], −1 where not asked: another sentence, or a role that the head cannot have

    @property
    def length(self) -> int:
        return len(self.ids)


def pieces_of(passage: Passage) -> tuple[list[int], list[int], list[int]]:
    ids, casing, words = [CLS], [0], []
    for s in passage.sentences:
        for pieces, case in zip(s.pieces, s.casing):
            words.append(len(ids))
            ids += pieces
            casing += [case + 1] * len(pieces)
        ids.append(SEP)
        casing.append(0)
    return ids, casing, words


def averaging(found: list[tuple[int, int]], words: int) -> np.ndarray:
    """A row a span, whose product with the words' rows is the span's mean."""
    rows = np.zeros((len(found), words), np.float32)
    for i, (start, end) in enumerate(found):
        rows[i, start:end] = 1 / (end - start)
    return rows


def lesson(passage: Passage, outs: list[dict[str, np.ndarray]], labels: Labels) -> Lesson | None:
    """`outs`: each teacher's logits of the passage. `None` where the passage was cut."""
    ids, casing, words = pieces_of(passage)
    if len(words) != outs[0]["mention"].shape[0]:
        return None
    tags = {k: np.mean([softmax(o[k]) for o in outs], 0) for k in TAGS}
    logs = {k: np.log(v + 1e-9) for k, v in tags.items()}
    triggers, cues, spans, sentence = [], [], [], {}
    base = 0
    for i, s in enumerate(passage.sentences):
        here = slice(base, base + len(s.words))
        at = lambda found: [(base + x[0], base + x[1]) for x in found]
        triggers += at(triggers_of(logs["trigger"][here], labels, FLOOR))
        cues += at(spans_of(logs["cue"][here], ["O", "B-", "I-"]))
        spans += [(x, False) for x in at(spans_of(logs["mention"][here], labels.mentions))]
        spans += [(x, True) for x in at(joined(spans_of(logs["content"][here], ["O", "B-", "I-"])))]
        for w in range(here.start, here.stop):
            sentence[w] = i
        base += len(s.words)
    heads = triggers + cues
    E, M = averaging(heads, len(words)), averaging([x for x, _ in spans], len(words))
    of = {k: (sigmoid if k == "contexts" else softmax) for k in FIELDS}
    fields = {k: np.mean([of[k](E[: len(triggers)] @ o[k]) for o in outs], 0) for k in FIELDS}
    pairs = np.mean([sigmoid(E @ o["roles"] @ M.T) for o in outs], 0)
    near = np.array([[sentence[h[0]] == sentence[x[0]] for x, _ in spans] for h in heads], bool).reshape(len(heads), len(spans))
    of_cue, of_content = np.arange(len(heads)) >= len(triggers), np.array([c for _, c in spans], bool)
    for r in range(6):
        may = of_cue[:, None] & of_content[None] if r == 5 else (of_cue if r == 4 else ~of_cue)[:, None] & ~of_content[None]
        pairs[r][~(may & near)] = -1
    half = lambda x: x.astype(np.float16)
    return Lesson(ids, casing, words, {k: half(v) for k, v in tags.items()}, heads, [x for x, _ in spans], {k: half(v) for k, v in fields.items()}, half(pairs))


def lesson_tensors(batch: list[Lesson], labels: Labels) -> dict[str, Tensor]:
    """As data.tensors, with probabilities: tags [B, W, labels], status, mode, contexts [B, E, labels] (all 0 where there is none), pairs [B, 6, E, N]."""
    B, L, W = len(batch), max(x.length for x in batch), max(len(x.words) for x in batch)
    E, N = max(1, max(len(x.heads) for x in batch)), max(1, max(len(x.spans) for x in batch))
    T = {k: torch.zeros(B, L, dtype=torch.long) for k in ("ids", "casing", "mask")}
    T["words"], T["heads"], T["spans"] = torch.zeros(B, W, dtype=torch.long), torch.zeros(B, E, W), torch.zeros(B, N, W)
    T["pairs"] = torch.full((B, 6, E, N), -1.0)
    for k, n in {"mention": len(labels.mentions), "trigger": len(labels.triggers), "cue": 3, "content": 3}.items():
        T[k] = torch.zeros(B, W, n)
    for k, n in {"status": len(labels.statuses), "mode": len(labels.modes), "contexts": len(labels.contexts)}.items():
        T[k] = torch.zeros(B, E, n)
    T["asked"] = torch.zeros(B, E)
    for b, x in enumerate(batch):
        T["ids"][b, : x.length], T["casing"][b, : x.length], T["mask"][b, : x.length] = torch.tensor(x.ids), torch.tensor(x.casing), 1
        T["words"][b, : len(x.words)] = torch.tensor(x.words)
        for k in TAGS:
            T[k][b, : len(x.words)] = torch.from_numpy(x.tags[k].astype(np.float32))
        for k in FIELDS:
            T[k][b, : len(x.fields[k])] = torch.from_numpy(x.fields[k].astype(np.float32))
        T["asked"][b, : len(x.fields["status"])] = 1
        for name, found in (("heads", x.heads), ("spans", x.spans)):
            for i, (start, end) in enumerate(found):
                T[name][b, i, start:end] = 1 / (end - start)
        T["pairs"][b, :, : len(x.heads), : len(x.spans)] = torch.from_numpy(x.pairs.astype(np.float32))
    return T


def lesson_losses(out: dict[str, Tensor], told: dict[str, Tensor]) -> dict[str, Tensor]:
    """Cross-entropy with the teachers' probabilities, by the same names as train.losses."""
    loss = {}
    for k in TAGS:
        known = told[k].sum(-1) > 0
        loss[k] = -(told[k] * torch.log_softmax(out[k].float(), -1)).sum(-1)[known].mean()
    n = told["asked"].sum().clamp(min=1)
    pool = lambda name: told["heads"] @ out[name].float()
    for k in ("status", "mode"):
        loss[k] = -(told[k] * torch.log_softmax(pool(k), -1)).sum() / n
    of_contexts = F.binary_cross_entropy_with_logits(pool("contexts"), told["contexts"], reduction="none")
    loss["contexts"] = (of_contexts * told["asked"].unsqueeze(-1)).sum() / (n * told["contexts"].shape[-1])
    pairs = told["heads"].unsqueeze(1) @ out["roles"].float() @ told["spans"].unsqueeze(1).transpose(-1, -2)
    asked = told["pairs"] >= 0
    loss["pairs"] = F.binary_cross_entropy_with_logits(pairs[asked], told["pairs"][asked], reduction="sum") / asked.sum().clamp(min=1)
    return loss


def load(run: pathlib.Path, labels: Labels) -> Joint:
    """A model of train.py, of either size."""
    weights = torch.load(run / "average.pt")
    model = Joint(labels, 12, teacher=weights["encoder.tokens.weight"].shape[1] == 768)
    model.load_state_dict(weights, strict=False)
    return model.eval()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--runs", nargs="+", type=pathlib.Path, required=True)
    ask.add_argument("--texts", type=pathlib.Path, required=True)
    ask.add_argument("--encoder", type=pathlib.Path, default=PROJECT / "training" / "encoders" / "bge-small-en-v1.5")
    ask.add_argument("--sentences", type=int, default=10**9, help="stop after so many")
    ask.add_argument("--out", type=pathlib.Path, required=True)
    a = ask.parse_args()
    labels = Labels(PROJECT / "ontologies" / "plover-2021" / "plover.json")
    reader = Reader(Tokenizer.from_file(str(a.encoder / "tokenizer.json")), labels)
    reader.tokenizer.no_padding(); reader.tokenizer.no_truncation()
    rng, passages, total, began = random.Random(1), [], 0, time.time()
    for line in a.texts.open(encoding="utf-8"):
        row = json.loads(line)
        document = Document(row["id"], a.texts.name, [reader.sentence(s["text"]) for s in row["sentences"]], "train")
        total += len(document.sentences)
        passages += pack(document, rng.choice([96, 160, 224]))
        if total >= a.sentences:
            break
    models = [load(run, labels) for run in a.runs]
    lessons: list[Lesson] = []
    for i in range(0, len(passages), 512):
        part = passages[i: i + 512]
        outs = list(zip(*(predict(model, part, labels) for model in models)))
        lessons += [x for p, o in zip(part, outs) if (x := lesson(p, list(o), labels))]
        print(f"{len(lessons)} of {len(passages)} passages, {time.time() - began:.0f} s", flush=True)
        if i // 512 % 8 == 7:
            torch.save(lessons, a.out)
    torch.save(lessons, a.out)


if __name__ == "__main__":
    from teach import main as run  # so that lessons are of the module that train.py loads

    run()

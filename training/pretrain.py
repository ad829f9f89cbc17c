"""Teaches the encoder who depends on whom before it learns events: heads, relations, word classes and names of unannotated news.

`pretrain.py --silver FILE.jsonl --out RUN` writes `encoder.pt`, which `train.py --start` takes up."""
from __future__ import annotations

import argparse
import json
import pathlib
import random
import time

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from data import CLS, SEP, Labels, Reader
from model import Biaffine, Dropout, Encoder
from train import HERE, PROJECT, groups


class Parser(nn.Module):
    def __init__(self, sizes: dict[str, int], layers: int, d: int = 384):
        super().__init__()
        self.encoder = Encoder(layers)
        self.dropout = Dropout(0.1)
        self.head = Biaffine(d, 1)
        self.tags = nn.ModuleDict({k: nn.Linear(d, n) for k, n in sizes.items()})

    def forward(self, ids: Tensor, casing: Tensor, words: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """→ head [B, W, W] (a word's scores of each word as its head; the root heads itself) and tag logits [B, W, labels]"""
        h = self.encoder(ids, casing, None, mask)
        x = self.dropout(torch.gather(h, 1, words.unsqueeze(-1).expand(-1, -1, h.shape[-1])))
        return {"head": self.head(x).squeeze(1), **{k: tag(x) for k, tag in self.tags.items()}}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--silver", type=pathlib.Path, required=True)
    ask.add_argument("--encoder", type=pathlib.Path, default=HERE / "encoders" / "bge-small-en-v1.5")
    ask.add_argument("--layers", type=int, default=12)
    ask.add_argument("--pieces", type=int, default=1536)
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--limit", type=int, default=0)
    ask.add_argument("--out", type=pathlib.Path, required=True)
    a = ask.parse_args()
    torch.manual_seed(1)
    rng = random.Random(1)
    reader = Reader(Tokenizer.from_file(str(a.encoder / "tokenizer.json")), Labels(PROJECT / "ontologies" / "plover-2021" / "plover.json"))
    reader.tokenizer.no_padding(); reader.tokenizer.no_truncation()
    rows = [json.loads(line) for line in a.silver.open(encoding="utf-8")]
    rng.shuffle(rows)
    rows = rows[: a.limit or None]
    names = {k: sorted({str(t) for r in rows for t in r[k] if t != -1}) for k in ("dep", "pos", "ent")}
    index = {k: {t: i for i, t in enumerate(v)} for k, v in names.items()}
    model = Parser({k: len(v) for k, v in names.items()}, a.layers)
    model.encoder.load_onnx(a.encoder / "model.onnx")
    optimizer = torch.optim.AdamW(groups(model, a.rate, 8e-4, 0.95), betas=(0.9, 0.98), fused=True)
    base = [g["lr"] for g in optimizer.param_groups]
    items = sorted(((reader.sentence(r["text"]), r) for r in rows), key=lambda x: sum(map(len, x[0].pieces)) + rng.random() * 6)
    held, items = items[::60], [x for i, x in enumerate(items) if i % 60]
    steps: list[list] = []
    for x in items:
        n = 2 + sum(map(len, x[0].pieces))
        if steps and (len(steps[-1]) + 1) * n <= a.pieces:
            steps[-1].append(x)
        else:
            steps.append([x])
    rng.shuffle(steps)

    def run(batch: list) -> tuple[Tensor, dict[str, tuple[int, int]]]:
        L, W = max(2 + sum(map(len, s.pieces)) for s, _ in batch), max(len(s.words) for s, _ in batch)
        ids, casing, mask = (torch.zeros(len(batch), L, dtype=torch.long) for _ in range(3))
        words, gold = torch.zeros(len(batch), W, dtype=torch.long), {k: torch.full((len(batch), W), -100) for k in ("head", "dep", "pos", "ent")}
        for b, (s, r) in enumerate(batch):
            ids[b, 0], at = CLS, 1
            for i, (pieces, c) in enumerate(zip(s.pieces, s.casing)):
                words[b, i] = at
                for piece in pieces:
                    ids[b, at], casing[b, at] = piece, c + 1
                    at += 1
                if r["head"][i] >= 0:
                    gold["head"][b, i] = r["head"][i]
                    for k in ("dep", "pos", "ent"):
                        gold[k][b, i] = index[k][r[k][i]]
            ids[b, at] = SEP
            mask[b, : at + 1] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model(ids, casing, words, mask)
        outside = torch.arange(W)[None] >= torch.tensor([len(s.words) for s, _ in batch])[:, None]
        out["head"] = out["head"].float().masked_fill(outside.unsqueeze(1), -1e9)
        loss = sum(F.cross_entropy(out[k].float().flatten(0, 1), gold[k].flatten(), ignore_index=-100) for k in gold)
        right = {k: (int((out[k].argmax(-1) == gold[k]).sum()), int((gold[k] >= 0).sum())) for k in gold}
        return loss, right

    began = time.time()
    model.train()
    for step, batch in enumerate(steps):
        for g, lr in zip(optimizer.param_groups, base):
            g["lr"] = lr * min(1, step / (0.06 * len(steps))) * max(0.02, 1 - step / len(steps))
        loss, _ = run(batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step % 50 == 0:
            print(f"step {step}/{len(steps)} {time.time() - began:.0f} s loss {float(loss.detach()):.3f}", flush=True)
    model.eval()
    right: dict[str, list[int]] = {}
    with torch.no_grad():
        for i in range(0, len(held), 16):
            for k, (x, n) in run(held[i: i + 16])[1].items():
                right.setdefault(k, [0, 0])
                right[k][0] += x; right[k][1] += n
    print({k: round(x / n, 3) for k, (x, n) in right.items()}, f"{time.time() - began:.0f} s")
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save({f"encoder.{k}": v for k, v in model.encoder.state_dict().items()}, a.out / "encoder.pt")


if __name__ == "__main__":
    main()

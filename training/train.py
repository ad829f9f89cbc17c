"""Trains the joint model on annotated documents and keeps the averaged weights: `train.py --texts DIR… --out RUN`."""
from __future__ import annotations

import argparse
import json
import pathlib
import random
import time

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from data import Labels, Passage, Reader, batches, pack, pair_tensors, pairs_of, tensors
from evaluate import evaluate
from model import Joint, Linear
from teach import lesson_losses, lesson_tensors

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent
WEIGHTS = {"mention": 1.0, "trigger": 1.5, "status": 0.5, "mode": 0.3, "contexts": 1.0, "cue": 0.5, "content": 0.7, "pairs": 6.0, "same": 0.3}
AVERAGE_EVERY = 8  # steps; a full pass over the weights costs as much as a tenth of a step


def losses(out: dict[str, Tensor], gold: dict[str, Tensor]) -> dict[str, Tensor]:
    tags = lambda name: F.cross_entropy(out[name].float().flatten(0, 1), gold[name].flatten(), ignore_index=-100)
    loss = {k: tags(k) for k in ("mention", "trigger", "cue", "content")}
    pool = lambda name: gold["heads"] @ out[name].float()
    for k in ("status", "mode"):
        loss[k] = F.cross_entropy(pool(k).flatten(0, 1), gold[k].flatten(), ignore_index=-100, reduction="sum") / (gold[k] != -100).sum().clamp(min=1)
    asked = gold["contexts"] >= 0
    loss["contexts"] = F.binary_cross_entropy_with_logits(pool("contexts")[asked], gold["contexts"][asked], reduction="sum") / asked.sum().clamp(min=1)
    pairs = gold["heads"].unsqueeze(1) @ out["roles"].float() @ gold["spans"].unsqueeze(1).transpose(-1, -2)
    asked = gold["pairs"] >= 0
    loss["pairs"] = F.binary_cross_entropy_with_logits(pairs[asked], gold["pairs"][asked], reduction="sum") / asked.sum().clamp(min=1)
    scores = antecedents(out["same"].float(), gold["spans"])
    asked = gold["antecedent"].sum(-1) > 0
    likely = torch.log_softmax(scores, -1).masked_fill(gold["antecedent"] == 0, -1e9).logsumexp(-1)
    loss["same"] = -likely[asked].mean() if asked.any() else scores.sum() * 0
    return loss


def antecedents(same: Tensor, spans: Tensor) -> Tensor:
    """same [B, 1, W, W], spans [B, N, W] → [B, N, N + 1]: scores of earlier spans as antecedent; last column, of none, is 0"""
    scores = spans @ same.squeeze(1) @ spans.transpose(1, 2)
    later = torch.ones(scores.shape[-2:], dtype=torch.bool).triu()
    return F.pad(scores.masked_fill(later, -1e9), (0, 1))


def pair_losses(out: dict[str, Tensor], gold: dict[str, Tensor]) -> Tensor:
    return F.cross_entropy(out["type"].float(), gold["type"]) + 0.3 * F.cross_entropy(out["status"].float(), gold["status"]) + 0.2 * F.cross_entropy(out["mode"].float(), gold["mode"])


def groups(model: Joint, rate: float, head_rate: float, decay: float) -> list[dict]:
    """Lower layers learn more slowly, by `decay` a layer; heads, casing and marks at `head_rate`."""
    n = len(model.encoder.layers)
    out: dict[tuple[float, float], list] = {}
    for name, p in model.named_parameters():
        part = name.split(".")
        if part[0] != "encoder" or part[1] in ("casing", "marks"):
            lr = head_rate
        elif part[1] == "layers":
            lr = rate * decay ** (n - 1 - int(part[2]))
        else:
            lr = rate * decay**n
        out.setdefault((lr, 0.01 if p.dim() > 1 else 0.0), []).append(p)
    return [{"params": params, "lr": lr, "weight_decay": weight_decay} for (lr, weight_decay), params in out.items()]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--texts", nargs="+", type=pathlib.Path, default=[PROJECT / "corpus" / "original"])
    ask.add_argument("--encoder", type=pathlib.Path, default=HERE / "encoders" / "bge-small-en-v1.5", help="folder with model.onnx and tokenizer.json")
    ask.add_argument("--teacher", type=pathlib.Path, help="train the large model that teaches (distill.py), on this folder's MPNet instead of the encoder")
    ask.add_argument("--layers", type=int, default=12)
    ask.add_argument("--epochs", type=int, default=6)
    ask.add_argument("--pieces", type=int, default=1024, help="pieces a batch")
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--head-rate", type=float, default=8e-4)
    ask.add_argument("--decay", type=float, default=0.92)
    ask.add_argument("--average", type=float, default=0.998)
    ask.add_argument("--relate", type=float, default=0.35, help="share of the pairs seen an epoch")
    ask.add_argument("--lessons", type=pathlib.Path, help="what larger models think of more texts (teach.py), each passage seen once in all epochs together")
    ask.add_argument("--limit", type=int, default=0, help="train on so many documents only (a quick check)")
    ask.add_argument("--start", type=pathlib.Path, help="weights to start from instead of the bare encoder")
    ask.add_argument("--rounded", action="store_true", help="learn under the rounding of the int8 file")
    ask.add_argument("--all", action="store_true", help="train on dev and test too; nothing is left to measure on")
    ask.add_argument("--out", type=pathlib.Path, required=True)
    ask.add_argument("--seed", type=int, default=1)
    a = ask.parse_args()
    torch.manual_seed(a.seed)
    Linear.rounds = a.rounded
    rng = random.Random(a.seed)
    labels = Labels(PROJECT / "ontologies" / "plover-2021" / "plover.json")
    reader = Reader(Tokenizer.from_file(str(a.encoder / "tokenizer.json")), labels)
    reader.tokenizer.no_padding(); reader.tokenizer.no_truncation()
    documents = reader.read(a.texts)
    train = [d for d in documents if a.all or d.split == "train"]
    dev = [d for d in documents if d.split == "dev"]
    if a.limit:
        train = rng.sample(train, a.limit)
    print(f"{len(train)} documents, {sum(len(d.sentences) for d in train)} sentences to train on; dev {len(dev)}, {sum(len(d.sentences) for d in dev)}", flush=True)
    model = Joint(labels, a.layers, teacher=a.teacher is not None)
    if a.teacher:
        model.encoder.load_mpnet(a.teacher / "model.safetensors")
    else:
        model.encoder.load_onnx(a.encoder / "model.onnx")
    if a.start:
        print(model.load_state_dict(torch.load(a.start), strict=False))
    average = {k: v.clone() for k, v in model.state_dict().items()}
    optimizer = torch.optim.AdamW(groups(model, a.rate, a.head_rate, a.decay), betas=(0.9, 0.98), fused=True)
    base = [g["lr"] for g in optimizer.param_groups]
    a.out.mkdir(parents=True, exist_ok=True)
    lessons = torch.load(a.lessons, weights_only=False) if a.lessons else []
    rng.shuffle(lessons)
    plan = []
    for epoch in range(a.epochs):
        passages: list[Passage] = []
        for d in train:
            passages += pack(d, rng.choice([48, 96, 160, 224, 256]))
        pairs = pairs_of(train, labels, rng)
        rng.shuffle(pairs)
        pairs = sorted(pairs[: int(len(pairs) * a.relate)], key=lambda p: len(p.sentence.words) + rng.random() * 8)
        steps: list[tuple[str, list]] = [("joint", b) for b in batches(passages, a.pieces, rng)]
        steps += [("lesson", b) for b in batches(lessons[epoch:: a.epochs], a.pieces, rng)]
        for i in range(0, len(pairs), 32):
            steps.append(("relate", pairs[i: i + 32]))
        rng.shuffle(steps)
        plan.append(steps)
    total, step, began = sum(map(len, plan)), 0, time.time()
    for epoch, steps in enumerate(plan):
        model.train()
        sums: dict[str, float] = {}
        for kind, batch in steps:
            scale = min(1, step / (0.08 * total)) * max(0.02, 1 - step / total)
            for g, lr in zip(optimizer.param_groups, base):
                g["lr"] = lr * scale
            with torch.autocast("cpu", dtype=torch.bfloat16):
                if kind == "joint":
                    gold = tensors(batch, labels)
                    out = model(gold["ids"], gold["casing"], gold["words"], gold["mask"])
                elif kind == "lesson":
                    gold = lesson_tensors(batch, labels)
                    out = model(gold["ids"], gold["casing"], gold["words"], gold["mask"])
                else:
                    gold = pair_tensors(batch, labels)
                    out = model.relate(gold["ids"], gold["casing"], gold["marks"], gold["mask"])
            if kind == "joint":
                parts = losses(out, gold)
                loss = sum(WEIGHTS[k] * v for k, v in parts.items())
            elif kind == "lesson":
                told = lesson_losses(out, gold)
                loss = sum(WEIGHTS[k] * v for k, v in told.items())
                parts = {"lesson": loss}
            else:
                loss = 0.5 * pair_losses(out, gold)
                parts = {"relate": loss}
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % AVERAGE_EVERY == 0:
                keep = min(a.average**AVERAGE_EVERY, step / (step + 10 * AVERAGE_EVERY))
                with torch.no_grad():
                    for k, v in model.state_dict().items():
                        average[k].lerp_(v, 1 - keep)
            for k, v in parts.items():
                sums[k] = sums.get(k, 0) + float(v.detach())
            if step % 50 == 0:
                print(f"epoch {epoch + 1} step {step}/{total} {time.time() - began:.0f} s loss {float(loss.detach()):.3f}", flush=True)
        print(f"epoch {epoch + 1}", {k: round(v / len(steps), 3) for k, v in sums.items()}, flush=True)
        torch.save(average, a.out / "average.pt")
        last = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        scores = evaluate(model, dev, labels, limit=224)
        model.load_state_dict(last)
        print(json.dumps({"epoch": epoch + 1, "seconds": round(time.time() - began), **scores}), flush=True)
    (a.out / "run.json").write_text(json.dumps({k: str(v) if isinstance(v, pathlib.Path) else [str(x) for x in v] if isinstance(v, list) else v for k, v in vars(a).items()}, indent=1))


if __name__ == "__main__":
    main()

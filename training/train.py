"""Trains the joint model on annotated documents and keeps the averaged weights: `train.py --texts DIR… --out RUN`."""
from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import pathlib
import random
import time

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from data import Document, Labels, Passage, Reader, batches, inputs, pack, pair_tensors, pairs_of, tensors
from evaluate import evaluate
from model import Joint, Linear
from teach import Batch, fold_of, lesson, lesson_losses, load, pair_lesson, pair_of

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent
WEIGHTS = {"mention": 1.0, "trigger": 1.5, "status": 0.5, "mode": 0.3, "contexts": 1.0, "cue": 0.5, "content": 0.7, "pairs": 6.0, "same": 0.3}
AVERAGE_EVERY = 8  # steps; a full pass over the weights costs as much as a tenth of a step


def losses(out: Batch, gold: Batch) -> Batch:
    tags = lambda name: F.cross_entropy(out[name].float().flatten(0, 1), gold[name].flatten(), ignore_index=-100)
    loss = {k: tags(k) for k in ("mention", "trigger", "cue", "content")}
    pool = lambda name: gold["heads"] @ out[name].float()
    for k in ("status", "mode"):
        loss[k] = F.cross_entropy(pool(k).flatten(0, 1), gold[k].flatten(), ignore_index=-100, reduction="sum") / (gold[k] != -100).sum().clamp(min=1)
    loss["contexts"] = asked_loss(pool("contexts"), gold["contexts"])
    loss["pairs"] = asked_loss(gold["heads"].unsqueeze(1) @ out["roles"].float() @ gold["spans"].unsqueeze(1).transpose(-1, -2), gold["pairs"])
    scores = antecedents(out["same"].float(), gold["spans"])
    asked = gold["antecedent"].sum(-1) > 0
    likely = torch.log_softmax(scores, -1).masked_fill(gold["antecedent"] == 0, -1e9).logsumexp(-1)
    loss["same"] = -torch.where(asked, likely, 0).sum() / asked.sum().clamp(min=1)
    return loss


def asked_loss(logits: Tensor, gold: Tensor) -> Tensor:
    """Mean over what is asked: gold is 1, 0, or −1 where nothing is."""
    asked = gold >= 0
    return (F.binary_cross_entropy_with_logits(logits, gold.clamp(min=0), reduction="none") * asked).sum() / asked.sum().clamp(min=1)


def antecedents(same: Tensor, spans: Tensor) -> Tensor:
    """same [B, 1, W, W], spans [B, N, W] → [B, N, N + 1]: scores of earlier spans as antecedent; last column, of none, is 0"""
    scores = spans @ same.squeeze(1) @ spans.transpose(1, 2)
    later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).triu()
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


def fold(id: str, folds: int) -> int:
    return int(hashlib.sha256(f"fold {id}".encode()).hexdigest(), 16) % folds


class Steps(Dataset):
    """Batches by number, made into tensors where they are asked for (in several processes beside a GPU)."""

    def __init__(self, steps: list[tuple[str, list]], labels: Labels):
        self.steps, self.labels = steps, labels

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, i: int) -> tuple[str, Batch]:
        kind, batch = self.steps[i]
        return kind, pair_tensors(batch, self.labels) if kind == "relate" else inputs(batch) if kind.startswith("lesson") else tensors(batch, self.labels)


def unannotated(reader: Reader, path: pathlib.Path) -> list[Document]:
    """JSON lines {"id", "sentences": [{"text"}]}"""
    rows = map(json.loads, path.open(encoding="utf-8"))
    return [Document(row["id"], path.name, [reader.sentence(s["text"]) for s in row["sentences"]], "train") for row in rows]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--texts", nargs="+", type=pathlib.Path, default=[PROJECT / "corpus" / "original"])
    ask.add_argument("--encoder", type=pathlib.Path, default=HERE / "encoders" / "bge-small-en-v1.5", help="folder with model.onnx and tokenizer.json")
    ask.add_argument("--teacher", type=pathlib.Path, help="train a large model that teaches, on this folder's MPNet instead of the encoder")
    ask.add_argument("--fold", help="I/K: leave out the Ith of K parts of the documents, so that what this model thinks of them is no memory")
    ask.add_argument("--layers", type=int, default=12)
    ask.add_argument("--epochs", type=int, default=6)
    ask.add_argument("--minutes", type=float, default=1e9, help="end after so long, the rates falling in time")
    ask.add_argument("--pieces", type=int, default=1024, help="pieces a batch")
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--head-rate", type=float, default=8e-4)
    ask.add_argument("--decay", type=float, default=0.92)
    ask.add_argument("--average", type=float, default=0.998)
    ask.add_argument("--relate", type=float, default=0.35, help="share of the pairs seen an epoch")
    ask.add_argument("--teachers", nargs="+", type=pathlib.Path, default=[], help="runs whose models teach: of annotated documents the one that left them out (all, where no run left any out), of others all together")
    ask.add_argument("--more", type=pathlib.Path, help="unannotated texts that the teachers read, JSON lines {id, sentences: [{text}]}")
    ask.add_argument("--passes", type=float, default=1, help="over the unannotated texts, in all epochs together")
    ask.add_argument("--limit", type=int, default=0, help="train on so many documents only (a quick check)")
    ask.add_argument("--start", type=pathlib.Path, help="weights to start from instead of the bare encoder")
    ask.add_argument("--rounded", action="store_true", help="learn under the rounding of the int8 file")
    ask.add_argument("--all", action="store_true", help="train on dev and test too; nothing is left to measure on")
    ask.add_argument("--out", type=pathlib.Path, required=True)
    ask.add_argument("--seed", type=int, default=1)
    a = ask.parse_args()
    torch.manual_seed(a.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    workers = 5 if device.type == "cuda" else 0
    rng = random.Random(a.seed)
    labels = Labels(PROJECT / "ontologies" / "plover-2021" / "plover.json")
    reader = Reader(Tokenizer.from_file(str(a.encoder / "tokenizer.json")), labels)
    reader.tokenizer.no_padding(); reader.tokenizer.no_truncation()
    documents = reader.read(a.texts)
    train = [d for d in documents if a.all or d.split == "train"]
    dev = [d for d in documents if d.split == "dev"]
    if a.fold:
        out, folds = map(int, a.fold.split("/"))
        train = [d for d in train if fold(d.id, folds) != out]
    if a.limit:
        train, dev = rng.sample(train, a.limit), dev[: a.limit // 4]
    more = unannotated(reader, a.more) if a.more else []
    print(f"{len(train)} documents, {sum(len(d.sentences) for d in train)} sentences to train on; dev {len(dev)}, {sum(len(d.sentences) for d in dev)}; {sum(len(d.sentences) for d in more)} unannotated", flush=True)
    model = Joint(labels, a.layers, teacher=a.teacher is not None)
    if a.start:
        print(model.load_state_dict(torch.load(a.start, map_location="cpu"), strict=False))
    elif a.teacher:
        model.encoder.load_mpnet(a.teacher / "model.safetensors")
    else:
        model.encoder.load_onnx(a.encoder / "model.onnx")
    model.to(device)
    teachers = [load(run, labels).requires_grad_(False).to(device) for run in a.teachers]
    left_out = {f: teachers[i] for i, run in enumerate(a.teachers) if (f := fold_of(run))}
    folds = len(left_out)
    average = {k: v.clone() for k, v in model.state_dict().items()}
    optimizer = torch.optim.AdamW(groups(model, a.rate, a.head_rate, a.decay), betas=(0.9, 0.98), fused=True)
    base = [g["lr"] for g in optimizer.param_groups]
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "run.json").write_text(json.dumps({k: str(v) if isinstance(v, pathlib.Path) else [str(x) for x in v] if isinstance(v, list) else v for k, v in vars(a).items()}, indent=1))
    plan = []
    for epoch in range(a.epochs):
        parts: dict[str, list[Passage]] = {}
        for d in train:
            key = f"joint {fold(d.id, folds)}/{folds}" if folds else "joint"
            parts.setdefault(key, []).extend(pack(d, rng.choice([48, 96, 128, 160, 224])))
        pairs = pairs_of(train, labels, rng)
        rng.shuffle(pairs)
        pairs = sorted(pairs[: int(len(pairs) * a.relate)], key=lambda p: len(p.sentence.words) + rng.random() * 8)
        steps: list[tuple[str, list]] = [(key, b) for key, passages in parts.items() for b in batches(passages, a.pieces, rng)]
        for d in rng.sample(more, int(len(more) * a.passes / a.epochs)):
            single = len(d.sentences) == 1
            parts.setdefault("lesson of one" if single else "lesson", []).extend(p for p in pack(d, rng.choice([96, 160, 224])) if p.length < 500)
        steps += [(key, b) for key in ("lesson", "lesson of one") for b in batches(parts.get(key, []), a.pieces, rng)]
        size = max(8, a.pieces // 32)
        for i in range(0, len(pairs), size):
            steps.append(("relate", pairs[i: i + size]))
        rng.shuffle(steps)
        plan.append(steps)
    total, step, began = sum(map(len, plan)), 0, time.time()
    ahead = iter(DataLoader(Steps([step for steps in plan for step in steps], labels), batch_size=None, num_workers=workers, prefetch_factor=8 if workers else None))
    progress = lambda: max(step / total, (time.time() - began) / 60 / a.minutes)
    for epoch, steps in enumerate(plan):
        model.train()
        sums: dict[str, Tensor] = {}
        for kind, gold in itertools.islice(ahead, len(steps)):
            at = progress()
            if at >= 1:
                break
            gold = {k: v.to(device, non_blocking=True) for k, v in gold.items()}
            scale = min(1, at / 0.08) * max(0.02, 1 - at)
            for g, lr in zip(optimizer.param_groups, base):
                g["lr"] = lr * scale
            who = [] if kind == "relate" else [left_out[kind[6:]]] if folds and kind.startswith("joint") else teachers
            with torch.autocast(device.type, dtype=torch.bfloat16):
                told = lesson(who, gold) if who else {}
                asked = step % 2 == 0 and kind == "lesson of one"
                if asked:
                    marks = pair_of(told, gold, labels)
                    keep = (marks == 1).any(1)
                    asked = bool(keep.any())
                if asked:
                    few = {k: gold[k][keep] for k in ("ids", "casing", "mask")} | {"marks": marks[keep]}
                    few |= pair_lesson(teachers, few, few["marks"])
                Linear.rounds = a.rounded
                if asked or kind == "relate":
                    given = few if asked else gold
                    out = model.relate(given["ids"], given["casing"], given["marks"], given["mask"])
                else:
                    out = model(gold["ids"], gold["casing"], gold["words"], gold["mask"])
                Linear.rounds = False
            if asked or kind == "relate":
                loss = 0.5 * pair_losses(out, given)
                parts = {"pair lesson" if asked else "relate": loss}
            else:
                parts = losses(out, gold) if kind.startswith("joint") else {}
                loss = sum((WEIGHTS[k] * v for k, v in parts.items()), torch.zeros((), device=device))
                if told:
                    parts["lesson"] = sum(WEIGHTS[k] * v for k, v in lesson_losses(out, told, gold).items())
                    loss = loss + parts["lesson"]
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % AVERAGE_EVERY == 0:
                keep_ = min(a.average**AVERAGE_EVERY, step / (step + 10 * AVERAGE_EVERY))
                with torch.no_grad():
                    for k, v in model.state_dict().items():
                        average[k].lerp_(v, 1 - keep_)
            for k, v in parts.items():
                sums[k] = sums.get(k, 0) + v.detach()
            if step % 50 == 0:
                print(f"epoch {epoch + 1} step {step}/{total} {time.time() - began:.0f} s loss {float(loss.detach()):.3f}", flush=True)
        print(f"epoch {epoch + 1}", {k: round(float(v) / len(steps), 3) for k, v in sums.items()}, flush=True)
        if device.type == "cuda" and epoch + 1 < a.epochs and progress() < 1:
            continue  # scoring would cost more than the epoch
        torch.save(average, a.out / "average.pt")
        last = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        Linear.rounds = a.rounded
        scores = evaluate(model, dev, labels, limit=128)
        Linear.rounds = False
        model.load_state_dict(last)
        print(json.dumps({"epoch": epoch + 1, "seconds": round(time.time() - began), **scores}), flush=True)
        if progress() >= 1:
            break


if __name__ == "__main__":
    main()

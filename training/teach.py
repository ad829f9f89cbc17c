"""What larger models think of a passage, for a small one to learn from: their probabilities, averaged.

Nothing is decoded: each word is taught its tags, each word that may be a trigger its status, mode and contexts, and each two words of a
sentence their role as far as the one may be a trigger or cue and the other a mention or content."""
from __future__ import annotations

import json
import pathlib

import torch
import torch.nn.functional as F
from torch import Tensor

from data import Labels
from model import Joint

TAGS = ("mention", "trigger", "cue", "content")
Batch = dict[str, Tensor]


def load(run: pathlib.Path, labels: Labels) -> Joint:
    """A model of train.py, of either size."""
    weights = torch.load(run / "average.pt", map_location="cpu")
    model = Joint(labels, 12, teacher=weights["encoder.tokens.weight"].shape[1] == 768)
    model.load_state_dict(weights, strict=False)
    return model.eval()


def fold_of(run: pathlib.Path) -> str | None:
    """The fold that a run never saw, as `train.py --fold` names it."""
    return json.loads((run / "run.json").read_text()).get("fold")


@torch.no_grad()
def lesson(teachers: list[Joint], batch: Batch) -> Batch:
    """Probabilities: tags [B, W, labels], status, mode, contexts [B, W, labels], roles [B, 6, W, W], and how much each counts: `likely` [B, W], `asked` [B, 6, W, W]."""
    outs = [m(batch["ids"], batch["casing"], batch["words"], batch["mask"]) for m in teachers]
    mean = lambda k, of: torch.stack([of(o[k].float()) for o in outs]).mean(0)
    likelihood = lambda x: torch.softmax(x, -1)
    told = {k: mean(k, likelihood) for k in (*TAGS, "status", "mode")} | {"contexts": mean("contexts", torch.sigmoid)}
    told["roles"] = torch.sigmoid(mean("roles", lambda x: x))
    known = batch["word_mask"].float()
    is_ = {k: (1 - told[k][..., 0]) * known for k in TAGS}
    told["likely"] = is_["trigger"]
    near = (batch["sentence"].unsqueeze(-1) == batch["sentence"].unsqueeze(-2)).float()
    pair = lambda head, span: is_[head].unsqueeze(-1) * is_[span].unsqueeze(-2) * near
    told["asked"] = torch.stack([*[pair("trigger", "mention")] * 4, pair("cue", "mention"), pair("cue", "content")], 1)
    return told


def lesson_losses(out: Batch, told: Batch, batch: Batch) -> Batch:
    """Cross-entropy with the teachers' probabilities, by the same names as train.losses."""
    known = batch["word_mask"].float()
    soft = lambda k: -(told[k] * torch.log_softmax(out[k].float(), -1)).sum(-1)
    loss = {k: (soft(k) * known).sum() / known.sum() for k in TAGS}
    likely = told["likely"]
    n = likely.sum().clamp(min=1)
    for k in ("status", "mode"):
        loss[k] = (soft(k) * likely).sum() / n
    of_contexts = F.binary_cross_entropy_with_logits(out["contexts"].float(), told["contexts"], reduction="none").mean(-1)
    loss["contexts"] = (of_contexts * likely).sum() / n
    pairs = F.binary_cross_entropy_with_logits(out["roles"].float(), told["roles"], reduction="none")
    loss["pairs"] = (pairs * told["asked"]).sum() / told["asked"].sum().clamp(min=1)
    return loss


@torch.no_grad()
def pair_of(told: Batch, batch: Batch, labels: Labels) -> Tensor:
    """Marks [B, L] on the likeliest actor (1) and recipient (2) of any one trigger, where each passage is one sentence; all 0 where there is none."""
    begins, inside = labels.mentions.index("B-actor"), labels.mentions.index("I-actor")
    tag = told["mention"].argmax(-1)
    first = (tag == begins) & batch["word_mask"]
    span = torch.where(first | (tag == inside), first.long().cumsum(1), 0)  # the number of the mention that a word is in
    score = (told["likely"].unsqueeze(-1) * told["roles"][:, 0]).transpose(1, 2) @ told["roles"][:, 1]
    score = score * first.unsqueeze(-1) * first.unsqueeze(-2) * (1 - torch.eye(first.shape[1], device=first.device))
    best, at = score.flatten(1).max(1)
    source, target = at // first.shape[1], at % first.shape[1]
    owner = F.pad(span, (1, 0)).gather(1, batch["owner"])  # the mention that a piece is in
    number = lambda word: span.gather(1, word.unsqueeze(1))
    marks = (owner == number(source)) + 2 * (owner == number(target)).long()
    return torch.where((best > 0).unsqueeze(1) & (owner > 0), marks, 0)


@torch.no_grad()
def pair_lesson(teachers: list[Joint], batch: Batch, marks: Tensor) -> Batch:
    outs = [m.relate(batch["ids"], batch["casing"], marks, batch["mask"]) for m in teachers]
    return {k: torch.stack([torch.softmax(o[k].float(), -1) for o in outs]).mean(0) for k in ("type", "status", "mode")}

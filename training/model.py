"""The joint model: one small BERT encoder over a passage, and heads over its words."""
from __future__ import annotations

import math
import pathlib

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from data import ROLES, Labels

CASINGS = 7  # data.casing_of + 1; 0 for [CLS], [SEP], padding
MARKS = 3  # none, source, target: the pair that `relate` asks about


class Dropout(nn.Module):
    """Dropout whose masks are stretches of one long random mask, begun at random: on a CPU, drawing each bit costs more than the layer.

    The pool is drawn anew every 2,000 calls."""

    pool: Tensor | None = None
    calls = 0

    def __init__(self, p: float):
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.p == 0:
            return x
        if x.is_cuda:
            return F.dropout(x, self.p)
        n, cls = x.numel(), Dropout
        if cls.pool is None or cls.pool.numel() < 2 * n or cls.calls % 2000 == 0:
            cls.pool = torch.rand(max(1 << 22, 3 * n))
        cls.calls += 1
        at = int(torch.randint(cls.pool.numel() - n, (1,)))
        return x * ((cls.pool[at: at + n] >= self.p).to(x.dtype) / (1 - self.p)).view_as(x)


class Linear(nn.Linear):
    """A matrix that ships as int8 (`export.py`): with `rounds`, it learns under the rounding that it will meet there.

    Weights of 7 bits with a scale a row, activations of 8 bits with a scale a tensor; gradients pass straight through."""

    rounds = False

    def forward(self, x: Tensor) -> Tensor:
        if not Linear.rounds or torch.onnx.is_in_onnx_export():
            return super().forward(x)
        with torch.no_grad():
            scale = self.weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 64
            weight = (self.weight / scale).round() * scale - self.weight
            low, high = x.amin().clamp(max=0), x.amax().clamp(min=0)
            step = (high - low).clamp(min=1e-8) / 255
            zero = (-low / step).round()
            seen = ((x / step + zero).round().clamp(0, 255) - zero) * step - x
        return F.linear(x + seen, self.weight + weight, self.bias)


class Layer(nn.Module):
    def __init__(self, d: int, heads: int, inner: int, dropout: float, eps: float):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (Linear(d, d) for _ in range(4))
        self.up, self.down = Linear(d, inner), Linear(inner, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=eps), nn.LayerNorm(d, eps=eps)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """x [B, L, d]; bias [B, 1 or heads, 1 or L, L], added to what a piece (row) thinks of another: −∞ where it may not look; → [B, L, d]"""
        B, L, d = x.shape
        split = lambda t: t.view(B, L, self.heads, d // self.heads).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if torch.onnx.is_in_onnx_export():
            a = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(d // self.heads), -1) @ v
        else:
            a = F.scaled_dot_product_attention(q, k, v, bias)
        x = self.norm1(x + self.dropout(self.out(a.transpose(1, 2).reshape(B, L, d))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT, or with `distances` MPNet: the same, but for a learnt bias between pieces by their distance, shared by the layers."""

    def __init__(self, layers: int, d: int = 384, heads: int = 12, inner: int = 1536, vocabulary: int = 30522, dropout: float = 0.1, distances: bool = False):
        super().__init__()
        eps = 1e-5 if distances else 1e-12
        self.tokens, self.positions = nn.Embedding(vocabulary, d), nn.Embedding(512, d)
        self.kind = nn.Parameter(torch.zeros(d))  # BERT's token type 0, added everywhere
        self.casing, self.marks = nn.Embedding(CASINGS, d), nn.Embedding(MARKS, d)
        nn.init.zeros_(self.casing.weight)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.norm = nn.LayerNorm(d, eps=eps)
        self.layers = nn.ModuleList(Layer(d, heads, inner, dropout, eps) for _ in range(layers))
        self.dropout = Dropout(dropout)
        self.distances = nn.Embedding(32, heads) if distances else None

    def forward(self, ids: Tensor, casing: Tensor, marks: Tensor | None, mask: Tensor | None) -> Tensor:
        """ids, casing, marks, mask [B, L] → [B, L, d]"""
        x = self.tokens(ids) + self.positions(torch.arange(ids.shape[1], device=ids.device)) + self.kind + self.casing(casing)
        if marks is not None:
            x = x + self.marks(marks) * (marks > 0).unsqueeze(-1)
        bias = None if mask is None else torch.zeros_like(mask, dtype=x.dtype).masked_fill(mask == 0, -1e9)[:, None, None]
        if self.distances is not None:
            near = self.distances(distance_kinds(ids.shape[1]).to(ids.device)).permute(2, 0, 1)[None].to(x.dtype)
            bias = near if bias is None else near + bias
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_mpnet(self, path: pathlib.Path) -> None:
        """Takes the weights of an MPNet whose vocabulary is BERT's, moved by 4 behind its own special pieces: ids stay BERT's."""
        from safetensors.torch import load_file

        held = load_file(path)
        words = held["embeddings.word_embeddings.weight"]
        with torch.no_grad():
            self.tokens.weight.copy_(words[4: 4 + self.tokens.num_embeddings])
            for bert, mpnet in ((0, 1), (101, 0), (102, 2)):  # [PAD] <pad>, [CLS] <s>, [SEP] </s>
                self.tokens.weight[bert] = words[mpnet]
            self.positions.weight.copy_(held["embeddings.position_embeddings.weight"][2:])
            self.distances.weight.copy_(held["encoder.relative_attention_bias.weight"])
            copy_norm(self.norm, held, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}"
                for linear, name in ((layer.query, "attention.attn.q"), (layer.key, "attention.attn.k"), (layer.value, "attention.attn.v"), (layer.out, "attention.attn.o"), (layer.up, "intermediate.dense"), (layer.down, "output.dense")):
                    linear.weight.copy_(held[f"{at}.{name}.weight"])
                    linear.bias.copy_(held[f"{at}.{name}.bias"])
                copy_norm(layer.norm1, held, f"{at}.attention.LayerNorm")
                copy_norm(layer.norm2, held, f"{at}.output.LayerNorm")

    def load_onnx(self, path: pathlib.Path) -> None:
        """Takes the weights of a BERT in ONNX as exported by optimum: matrices are transposed and named by their node."""
        import onnx
        from onnx import numpy_helper

        graph = onnx.load(path).graph
        held = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
        for node in graph.node:
            if node.op_type == "MatMul" and node.input[1] in held:
                held[node.name.strip("/").replace("/MatMul", "").replace("/", ".")] = held[node.input[1]].T
        with torch.no_grad():
            self.tokens.weight.copy_(held["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(held["embeddings.position_embeddings.weight"])
            self.kind.copy_(held["embeddings.token_type_embeddings.weight"][0])
            copy_norm(self.norm, held, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}"
                for linear, name in ((layer.query, "attention.self.query"), (layer.key, "attention.self.key"), (layer.value, "attention.self.value"), (layer.out, "attention.output.dense"), (layer.up, "intermediate.dense"), (layer.down, "output.dense")):
                    linear.weight.copy_(held[f"{at}.{name}"])
                    linear.bias.copy_(held[f"{at}.{name}.bias"])
                copy_norm(layer.norm1, held, f"{at}.attention.output.LayerNorm")
                copy_norm(layer.norm2, held, f"{at}.output.LayerNorm")


def copy_norm(norm: nn.LayerNorm, held: dict[str, Tensor], name: str) -> None:
    norm.weight.copy_(held[f"{name}.weight"])
    norm.bias.copy_(held[f"{name}.bias"])


def distance_kinds(length: int) -> Tensor:
    """MPNet's kinds of distance from a piece (row) to another, [length, length] of 0–31: 16 a direction, 8 exact, then by logarithm up to 128."""
    at = torch.arange(length)
    back = at[:, None] - at[None]
    n = back.abs()
    far = 8 + (torch.log(n.clamp(min=1) / 8) / math.log(128 / 8) * 8).long()
    return (back < 0) * 16 + torch.where(n < 8, n, far.clamp(max=15))


class Biaffine(nn.Module):
    """Scores of ordered pairs of words, for each of `labels` relations; logits, 0 for a probability of one half."""

    def __init__(self, d: int, labels: int, inner: int = 128, dropout: float = 0.2):
        super().__init__()
        self.left, self.right = nn.Linear(d, inner), nn.Linear(d, inner)
        self.matrix = nn.Parameter(torch.randn(labels, inner, inner) / inner)
        self.of_left, self.of_right = nn.Linear(inner, labels), nn.Linear(inner, labels, bias=False)
        self.distance = nn.Embedding(65, labels)
        nn.init.zeros_(self.distance.weight)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """x [B, W, d] → [B, labels, W, W]; rows are left (trigger, later mention), columns right"""
        a, b = self.dropout(F.gelu(self.left(x))), self.dropout(F.gelu(self.right(x)))
        scores = a.unsqueeze(1) @ self.matrix @ b.transpose(1, 2).unsqueeze(1)
        at = torch.arange(x.shape[1], device=x.device)
        distance = self.distance((at[None] - at[:, None]).clamp(-32, 32) + 32).permute(2, 0, 1)
        return scores + self.of_left(a).transpose(1, 2).unsqueeze(-1) + self.of_right(b).transpose(1, 2).unsqueeze(-2) + distance


class Joint(nn.Module):
    """Heads over words. `forward` gives logits a word or a pair of words; spans average over their words."""

    def __init__(self, labels: Labels, layers: int, teacher: bool = False):
        """`teacher`: on MPNet's base size, which is too large to ship and teaches the one that ships"""
        super().__init__()
        d = 768 if teacher else 384
        self.encoder = Encoder(layers, d, inner=4 * d, distances=teacher)
        self.dropout = Dropout(0.1)
        self.mention = nn.Linear(d, len(labels.mentions))
        self.trigger = nn.Linear(d, len(labels.triggers))
        self.cue, self.content = nn.Linear(d, 3), nn.Linear(d, 3)
        self.told = nn.Linear(d, d)
        self.status, self.mode, self.contexts = nn.Linear(d, len(labels.statuses)), nn.Linear(d, len(labels.modes)), nn.Linear(d, len(labels.contexts))
        self.roles, self.same = Biaffine(d, len(ROLES)), Biaffine(d, 1)
        self.pair = nn.Linear(4 * d, d)
        self.pair_type, self.pair_status, self.pair_mode = nn.Linear(d, len(labels.types)), nn.Linear(d, len(labels.statuses)), nn.Linear(d, len(labels.modes))

    def forward(self, ids: Tensor, casing: Tensor, words: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        """ids, casing, mask [B, L]; words [B, W] → logits [B, W, labels], roles [B, 6, W, W], same [B, 1, W, W], hidden [B, W, d]"""
        h = self.encoder(ids, casing, None, mask)
        x = self.dropout(torch.gather(h, 1, words.unsqueeze(-1).expand(-1, -1, h.shape[-1])))
        told = F.gelu(self.told(x))
        return {"mention": self.mention(x), "trigger": self.trigger(x), "cue": self.cue(x), "content": self.content(x), "status": self.status(told), "mode": self.mode(told), "contexts": self.contexts(told), "roles": self.roles(x), "same": self.same(x), "hidden": x}

    def relate(self, ids: Tensor, casing: Tensor, marks: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        """What the pieces marked 1 do to the pieces marked 2; marks [B, L] → logits type [B, 16], status [B, 5], mode [B, modes]"""
        h = self.encoder(ids, casing, marks, mask)
        mean = lambda weight: (weight.to(h.dtype).unsqueeze(1) @ h).squeeze(1) / weight.sum(1, keepdim=True).clamp(min=1).to(h.dtype)
        whole = torch.ones_like(marks) if mask is None else mask
        s, t = mean((marks == 1).long()), mean((marks == 2).long())
        x = self.dropout(F.gelu(self.pair(torch.cat([s, t, mean(whole), s * t], -1))))
        return {"type": self.pair_type(x), "status": self.pair_status(x), "mode": self.pair_mode(x)}

"""Writes models/<name>/: int8 ONNX, manifest with thresholds and confidence, tokenizer, probe, card.

The encoder's matrices, its embeddings of tokens and positions, and the heads' wide matrices become int8; what is small stays in 32-bit floats. All that the manifest
and the card say is measured on the file as it ships, through ONNX Runtime."""
from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import random
import subprocess
import tempfile
from collections import Counter

import numpy as np
import onnx
import onnxruntime as ort
import regex
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from calibrate import calibrate
from data import CLS, SEP, Document, Labels, Passage, Reader, Sentence, pairs_of
from evaluate import sigmoid, softmax
from model import Joint

PROJECT = pathlib.Path(__file__).resolve().parent.parent
OUTPUTS = ["mention", "trigger", "cue", "content", "status", "mode", "contexts", "roles", "same", "pair_type", "pair_status", "pair_mode"]
#: Invented sentences: what Node must score as Python does.
PROBE = [
    ["The defence minister of Slovenia, Tina Kolar, met her Omani counterpart in Muscat on Tuesday.", "She said the two countries “will never accept” the new tariffs imposed by Turkey.", "Both sides agreed to resume patrols."],
    ["Protesters in Lima clashed with riot police after prosecutors dropped charges against the mayor."],
]


class Whole(nn.Module):
    """The joint model for one passage: heads over words, and the relation of the marked pair."""

    def __init__(self, model: Joint):
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, casing: Tensor, marks: Tensor, words: Tensor):
        m = self.model
        h = m.encoder(ids, casing, marks, None)
        x = torch.index_select(h, 1, words[0])
        told = torch.nn.functional.gelu(m.told(x))
        mean = lambda k: (h * (marks == k).unsqueeze(-1)).sum(1) / (marks == k).sum(1, keepdim=True).clamp(min=1)
        s, t = mean(1), mean(2)
        pair = torch.nn.functional.gelu(m.pair(torch.cat([s, t, h.mean(1), s * t], -1)))
        return m.mention(x), m.trigger(x), m.cue(x), m.content(x), m.status(told), m.mode(told), m.contexts(told), m.roles(x), m.same(x), m.pair_type(pair), m.pair_status(pair), m.pair_mode(pair)


class SmallEmbedding(nn.Module):
    """An embedding in int8 with a scale of its own for each row, so that no rare token with small numbers vanishes.

    `row_of` [vocabulary]: the row that a token has, where not each has its own."""

    def __init__(self, weight: Tensor, row_of: Tensor | None = None):
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("row_of", row_of)

    def forward(self, ids: Tensor) -> Tensor:
        """ids [B, L] → [B, L, d]"""
        at = ids if self.row_of is None else self.row_of[ids].long()
        return self.rows[at].float() * self.scale[at]


def latin(embedding: nn.Embedding, vocabulary: dict[str, int]) -> SmallEmbedding:
    """Without rows of BERT's unused pieces and of letters of other scripts: in English news these are as good as unknown, and the unknown piece's row is theirs."""
    ids = sorted(i for piece, i in vocabulary.items() if not piece.startswith("[unused") and not regex.search(r"[^\P{L}\p{Latin}]", piece))
    row_of = torch.full((embedding.num_embeddings,), ids.index(vocabulary["[UNK]"]), dtype=torch.int16)
    row_of[ids] = torch.arange(len(ids), dtype=torch.int16)
    return SmallEmbedding(embedding.weight.detach()[ids], row_of)


def inputs_of(sentences: list[Sentence], marks: tuple[tuple[int, int], tuple[int, int]] | None = None) -> dict[str, np.ndarray]:
    """A passage as the session takes it; `marks` are source and target of a pair, as words of the only sentence. Cut at the window."""
    ids, casing, words, marked = [CLS], [0], [], [0]
    for s in sentences:
        for i, (pieces, c) in enumerate(zip(s.pieces, s.casing)):
            mark = 0 if marks is None else 2 if marks[1][0] <= i < marks[1][1] else 1 if marks[0][0] <= i < marks[0][1] else 0
            words.append(len(ids))
            ids += pieces
            casing += [c + 1] * len(pieces)
            marked += [mark] * len(pieces)
        ids.append(SEP)
        casing.append(0)
        marked.append(0)
    row = lambda v: np.array([v], dtype=np.int64)
    return {"ids": row(ids[:512]), "casing": row(casing[:512]), "marks": row(marked[:512]), "words": row([w for w in words if w < 511])}


def outputs_of(session: ort.InferenceSession, passage: Passage) -> dict[str, np.ndarray]:
    names = OUTPUTS[:8]
    return {name: found[0] for name, found in zip(names, session.run(names, inputs_of(passage.sentences)))}


def deeds_between(out: dict[str, np.ndarray], source: tuple[int, int], target: tuple[int, int], labels: Labels) -> np.ndarray:
    """For each type, how much the sentence tells of such a deed of source to target; as `deedsBetween` of src/4-encode/decode.ts."""
    at = lambda role, side: sigmoid(out["roles"][labels.roles.index(role)][:, side[0]: side[1]].mean(-1))
    joined = at("actor", source) * at("recipient", target) + 0.5 * at("actor", target) * at("recipient", source)
    return joined @ softmax(out["trigger"])[:, 1: len(labels.types) + 1]


def relation_score(session: ort.InferenceSession, documents: list[Document], labels: Labels) -> dict[str, float]:
    """Of the types of given pairs: accuracy, and the mean of the types' F1."""
    pairs = pairs_of(documents, labels, random.Random(1))
    right, found, gold = Counter(), Counter(), Counter()
    for p in pairs:
        of_pair = softmax(session.run(["pair_type"], inputs_of([p.sentence], (p.source, p.target)))[0][0])
        read = {name: v[0] for name, v in zip(("trigger", "roles"), session.run(["trigger", "roles"], inputs_of([p.sentence])))}
        best = int((0.6 * np.log(of_pair + 1e-6) + 0.7 * np.log(deeds_between(read, p.source, p.target, labels) + 0.005)).argmax())
        true = best if best in p.types else p.types[0]
        right[best] += best == true; found[best] += 1; gold[true] += 1
    f1 = [2 * right[t] / (found[t] + gold[t]) for t in gold]
    return {"accuracy": round(right.total() / max(1, len(pairs)), 3), "macro-F1": round(sum(f1) / max(1, len(f1)), 3)}


def to_onnx(model: Joint, example: dict[str, np.ndarray], path: pathlib.Path) -> None:
    torch.onnx.export(Whole(model).eval(), tuple(torch.from_numpy(example[k]) for k in ("ids", "casing", "marks", "words")), str(path), input_names=["ids", "casing", "marks", "words"], output_names=OUTPUTS,
                      dynamic_axes={"ids": {1: "L"}, "casing": {1: "L"}, "marks": {1: "L"}, "words": {1: "W"}}, opset_version=17, dynamo=False)


def card(name: str, manifest: dict, calibration: dict, size: float, drift: float) -> str:
    """The model card; every figure is of the test part, from calibrate.py."""
    t, c = calibration["test"], calibration["calibration"]
    row = lambda label, key: f"| {label} | {t.get(key, '')} | {t.get('items ' + key, '')} | {t.get('reports ' + key, '')} |"
    rows = [("mentions, exact words and kind", "mention"), ("mentions, exact words", "span"), ("event type in the sentence", "type"), ("trigger, exact begin, and type", "trigger"), ("type, actor and recipient", "full"), ("the same, each side exactly the gold side's entities", "exact"), ("actor right, given the type", "actor"), ("recipient right, given the type", "recipient"), ("status, given the type (accuracy)", "status"), ("mode, given the type (accuracy)", "mode"), ("quote content with speaker", "quote")]
    bars = "\n".join(f"| {p:.2f} | {y:.2f} | {n} | {'█' * round(y * 20)} |" for p, y, n in calibration["reliability"])
    status = "\n".join(f"| {k} | {v[0]} | {v[1]} |" for k, v in c["test by status"].items())
    return f"""# {name}

Reads passages of English news and marks who did what to whom: mentions, event triggers with PLOVER type, mode, status and contexts,
their actors, recipients, places and times, quotes with cue and speaker, and which mentions are one. Made by `make model`
(training/README.md); the labels and hashes are in `manifest.json`.

- Encoder: {manifest['encoder']} (MIT), {manifest['training']['layers']} layers, a learned embedding of each word's casing added; heads over words, biaffine heads over pairs.
- File: {size:.1f} MB; the encoder's matrices, its embeddings and the heads' wide matrices are int8 (dynamic, per channel), the rest 32-bit. Largest change of a logit on the probe by quantisation: {drift:.2f}.
- Data: {len(manifest['data'])} files, hashes in the manifest. Original texts (CC0) are in `corpus/original/`; of the real ones (Wikipedia's current events, Wikinews, government read-outs) `corpus/real/` has the annotations without the texts.{manifest['training'].get('note', '')}
- Licence: Apache-2.0.

## Scores on the test part

Documents that training never saw, one in sixteen by a hash of their id; the same annotators as the training part, so texts of other sources score lower.
F1 unless said otherwise. Items are documents of one to three sentences, reports have four or more ({calibration['counts']['test reports']} of them; {calibration['counts']['test']} sentences and {calibration['counts']['test events']} events in all). Measured on the file as it ships, by `training/export.py`.

| | all | items | reports |
|---|---|---|---|
{chr(10).join(row(*r) for r in rows)}

Relation of a given pair (`relate`): accuracy {calibration['relate']['accuracy']}, macro-F1 over the types {calibration['relate']['macro-F1']}.

## Confidence

The probability that type, actors and recipients are all right, by a logistic regression fitted on dev. Expected calibration error on test: {c['test']:.3f}.

| said | was right | rows | |
|---|---|---|---|
{bars}

| status | calibration error | rows |
|---|---|---|
{status}

The command leaves out events under {manifest['cut']['confidence']}, chosen for F1 of type with both sides on dev. What `--min-confidence` trades, on test:

| least confidence | rows | right (precision) | of all events (recall) |
|---|---|---|---|
{chr(10).join(f"| {k} | {v['rows']} | {v['right']} | {v['found']} |" for k, v in calibration['shown'].items())}

## What it is bad at

Sides in nested clauses and secondary acts, sides shared by two triggers, and sides named far from the trigger; acts that are only named again; the status of
whole reports' background; types with few examples (see the counts in corpus/README.md). It reads English only, and it knows no more of the world than its training texts: who somebody is comes from room 5.
"""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--run", type=pathlib.Path, required=True)
    ask.add_argument("--name", default="communique-small")
    ask.add_argument("--limit", type=int, default=128, help="pieces of a passage at most")
    a = ask.parse_args()
    run = json.loads((a.run / "run.json").read_text())
    labels = Labels(PROJECT / "ontologies" / "plover-2021" / "plover.json")
    encoder = pathlib.Path(run["encoder"])
    reader = Reader(Tokenizer.from_file(str(encoder / "tokenizer.json")), labels)
    model = Joint(labels, run["layers"])
    model.load_state_dict(torch.load(a.run / "average.pt"))
    model.eval()
    out = PROJECT / "models" / a.name
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp:
        full, rows = pathlib.Path(tmp) / "full.onnx", pathlib.Path(tmp) / "rows.onnx"
        to_onnx(model, inputs_of([reader.sentence(t) for t in PROBE[0]]), full)
        model.encoder.tokens = latin(model.encoder.tokens, reader.tokenizer.get_vocab())
        model.encoder.positions = SmallEmbedding(model.encoder.positions.weight.detach())
        to_onnx(model, inputs_of([reader.sentence(t) for t in PROBE[0]]), rows)
        graph = onnx.load(rows).graph
        held = {t.name for t in graph.initializer}
        wide = regex.compile(r"/(encoder/.*|told|pair|(roles|same)/(left|right))/MatMul$")
        quantised = [n.name for n in graph.node if n.op_type == "MatMul" and wide.match(n.name) and any(i in held for i in n.input)] + ["/pair/Gemm_MatMul"]
        # Seven bits for weights: processors without VNNI add pairs of products in 16 bits, which eight would overflow.
        quantize_dynamic(str(rows), str(out / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_quantize=quantised, op_types_to_quantize=["MatMul"], extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT})
        probe = [inputs_of([reader.sentence(t) for t in sentences]) for sentences in PROBE]
        exact, small = ort.InferenceSession(str(full)), ort.InferenceSession(str(out / "model.onnx"))
        drift = max(float(np.abs(x - y).max()) for i in probe for x, y in zip(exact.run(OUTPUTS[:5], i), small.run(OUTPUTS[:5], i)))
        print(f"{len(quantised)} matrices in int8; {(out / 'model.onnx').stat().st_size / 1e6:.1f} MB; largest difference of a logit on the probe {drift:.3f}")
    (out / "tokenizer.json").write_text(json.dumps(json.loads((encoder / "tokenizer.json").read_text()), ensure_ascii=False, separators=(",", ":")))
    documents = reader.read([pathlib.Path(t) for t in run["texts"]])
    session = ort.InferenceSession(str(out / "model.onnx"))
    calibration = calibrate(lambda passages: [outputs_of(session, p) for p in passages], documents, labels, a.limit)
    calibration["relate"] = relation_score(session, [d for d in documents if d.split == "test"], labels)
    digest = lambda p: hashlib.sha256(p.read_bytes()).hexdigest()
    texts = {f"{f.parent.name}/{f.name}": digest(f) for t in run["texts"] for f in sorted(pathlib.Path(t).glob("*.jsonl"))}
    manifest = {
        "name": a.name, "encoder": encoder.name, "labels": labels.as_dict(), "limit": a.limit, "cut": calibration["cut"], "confidence": calibration["confidence"], "sha256": digest(out / "model.onnx"),
        "training": {k: run[k] for k in ("layers", "epochs", "pieces", "rate", "head_rate", "decay", "average", "relate", "seed")} | ({"note": " Training went on from an earlier release's weights (training/EXPERIMENTS.md)."} if run.get("start") else {}),
        "data": texts,
        "licence": "weights Apache-2.0; encoder bge-small-en-v1.5, MIT; original texts CC0; real texts CC BY-SA 4.0, CC BY 2.5 to 4.0 and public domain (not contained)",
        "commit": subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=PROJECT).stdout.strip(),
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1))
    answers = []
    for sentences, given in zip(PROBE, probe):
        got = dict(zip(OUTPUTS, session.run(OUTPUTS, given)))
        answers.append({"sentences": sentences, "words": int(given["words"].shape[1]), **{k: [round(float(v), 5) for v in got[k][0].flatten()] for k in ("mention", "trigger", "status")}, "roles": [round(float(v), 5) for v in got["roles"][0, :2].flatten()]})
    (out / "probe.json").write_text(json.dumps(answers))
    (out / "README.md").write_text(card(a.name, manifest, calibration, (out / "model.onnx").stat().st_size / 1e6, drift))


if __name__ == "__main__":
    main()

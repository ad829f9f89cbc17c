"""Writes models/<name>/: int8 ONNX, manifest, tokenizer, probe; then loads them back through ONNX and compares.

Only the encoder's matrices and the token embeddings become int8; the heads are small and stay in 32-bit floats."""
from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import subprocess
import tempfile

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from data import CLS, SEP, Labels, Reader
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


def inputs_of(reader: Reader, sentences: list[str]) -> dict[str, np.ndarray]:
    ids, casing, words = [CLS], [0], []
    for text in sentences:
        s = reader.sentence(text)
        for pieces, c in zip(s.pieces, s.casing):
            words.append(len(ids))
            ids += pieces
            casing += [c + 1] * len(pieces)
        ids.append(SEP)
        casing.append(0)
    row = lambda v: np.array([v], dtype=np.int64)
    return {"ids": row(ids), "casing": row(casing), "marks": row([0] * len(ids)), "words": row(words)}


def to_onnx(model: Joint, example: dict[str, np.ndarray], path: pathlib.Path) -> None:
    torch.onnx.export(Whole(model).eval(), tuple(torch.from_numpy(example[k]) for k in ("ids", "casing", "marks", "words")), str(path), input_names=["ids", "casing", "marks", "words"], output_names=OUTPUTS,
                      dynamic_axes={"ids": {1: "L"}, "casing": {1: "L"}, "marks": {1: "L"}, "words": {1: "W"}}, opset_version=17, dynamo=False)


def card(name: str, manifest: dict, calibration: dict, size: float, drift: float) -> str:
    """The model card; every figure comes from calibrate.py's run on the test part."""
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
- File: {size:.1f} MB; the encoder's matrices and the token embeddings are int8 (dynamic, per channel), the heads 32-bit. Largest change of a logit on the probe by quantisation: {drift:.2f}.
- Data: {len(manifest['data'])} files, hashes in the manifest. Original texts (CC0) are in `corpus/original/`; real ones (Wikipedia's current events, Wikinews, government read-outs) are not contained.
- Licence: Apache-2.0.

## Scores on the test part

Documents that training never saw, one in sixteen by a hash of their id; the same annotators as the training part, so texts of other sources score lower.
F1 unless said otherwise. Items are documents of one to three sentences, reports have four or more. Measured before quantisation, by `training/calibrate.py`.

| | all | items | reports |
|---|---|---|---|
{chr(10).join(row(*r) for r in rows)}

Relation of a given pair (`relate`), accuracy: {calibration['relate']}.

## Confidence

The probability that type, actors and recipients are all right, by a logistic regression fitted on dev. Expected calibration error on test: {c['test']:.3f}.

| said | was right | rows | |
|---|---|---|---|
{bars}

| status | calibration error | rows |
|---|---|---|
{status}

## What it is bad at

Sides in nested clauses and secondary acts, sides shared by two triggers, and sides named far from the trigger; acts that are only named again; the status of
whole reports' background; types with few examples (see the counts in corpus/README.md). It reads English only, and it knows no more of the world than its training texts: who somebody is comes from room 5.
"""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--run", type=pathlib.Path, required=True)
    ask.add_argument("--name", default="communique-small")
    ask.add_argument("--limit", type=int, default=224)
    a = ask.parse_args()
    run = json.loads((a.run / "run.json").read_text())
    calibration = json.loads((a.run / "calibration.json").read_text())
    labels = Labels(PROJECT / "ontologies" / "plover-2021" / "plover.json")
    encoder = pathlib.Path(run["encoder"])
    reader = Reader(Tokenizer.from_file(str(encoder / "tokenizer.json")), labels)
    model = Joint(labels, run["layers"])
    model.load_state_dict(torch.load(a.run / "average.pt"))
    model.eval()
    out = PROJECT / "models" / a.name
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp:
        full, fused = pathlib.Path(tmp) / "full.onnx", pathlib.Path(tmp) / "fused.onnx"
        to_onnx(model, inputs_of(reader, PROBE[0]), full)
        from onnxruntime.transformers import optimizer
        from onnxruntime.transformers.fusion_options import FusionOptions
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        options.enable_attention = False
        optimizer.optimize_model(str(full), "bert", num_heads=12, hidden_size=384, opt_level=0, optimization_options=options).save_model_to_file(str(fused))
        graph = onnx.load(fused).graph
        held = {t.name: t for t in graph.initializer}
        quantised = [n.name for n in graph.node if (n.op_type == "MatMul" and "/encoder/" in n.name and any(i in held for i in n.input)) or (n.op_type == "Gather" and any(i in held and held[i].dims and held[i].dims[0] > 10000 for i in n.input))]
        quantize_dynamic(str(fused), str(out / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True, nodes_to_quantize=quantised, op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT})
        probe = [inputs_of(reader, sentences) for sentences in PROBE]
        exact, small = ort.InferenceSession(str(full)), ort.InferenceSession(str(out / "model.onnx"))
        drift = max(float(np.abs(x - y).max()) for i in probe for x, y in zip(exact.run(OUTPUTS[:5], i), small.run(OUTPUTS[:5], i)))
        print(f"{len(quantised)} matrices in int8; {(out / 'model.onnx').stat().st_size / 1e6:.1f} MB; largest difference of a logit on the probe {drift:.3f}")
    # Python writes compact vocabulary; the tokenizer's other parts stay as they are.
    (out / "tokenizer.json").write_text(json.dumps(json.loads((encoder / "tokenizer.json").read_text()), ensure_ascii=False, separators=(",", ":")))
    digest = lambda p: hashlib.sha256(p.read_bytes()).hexdigest()
    texts = {f"{f.parent.name}/{f.name}": digest(f) for t in run["texts"] for f in sorted(pathlib.Path(t).glob("*.jsonl"))}
    manifest = {
        "name": a.name, "encoder": encoder.name, "labels": labels.as_dict(), "limit": a.limit, "cut": calibration["cut"], "confidence": calibration["confidence"], "sha256": digest(out / "model.onnx"),
        "training": {k: run[k] for k in ("layers", "epochs", "pieces", "rate", "head_rate", "decay", "average", "relate", "seed")},
        "data": texts,
        "licence": "weights Apache-2.0; encoder bge-small-en-v1.5, MIT; original texts CC0; real texts CC BY-SA 4.0, CC BY 2.5 to 4.0 and public domain (not contained)",
        "commit": subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=PROJECT).stdout.strip(),
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1))
    session = ort.InferenceSession(str(out / "model.onnx"))
    answers = []
    for sentences, given in zip(PROBE, probe):
        got = dict(zip(OUTPUTS, session.run(OUTPUTS, given)))
        answers.append({"sentences": sentences, "words": int(given["words"].shape[1]), **{k: [round(float(v), 5) for v in got[k][0].flatten()] for k in ("mention", "trigger", "status")}, "roles": [round(float(v), 5) for v in got["roles"][0, :2].flatten()]})
    (out / "probe.json").write_text(json.dumps(answers))
    (out / "README.md").write_text(card(a.name, manifest, calibration, (out / "model.onnx").stat().st_size / 1e6, drift))


if __name__ == "__main__":
    main()

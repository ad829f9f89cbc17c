"""Corpus documents (corpus/GUIDE.md) → passages of words with labels, and batches of tensors.

Words follow one fixed rule that src/4-encode/words.ts repeats: a run of letters, marks and digits, or any other single
character that is no white space. Everything the model says, it says of words; a word is read at its first piece.
"""
from __future__ import annotations

import hashlib
import json
import pathlib
import random
import re as _re
from dataclasses import dataclass, field

import numpy as np
import regex
import torch
from tokenizers import Tokenizer

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]")
STATUSES = ["actual", "intended", "hypothetical", "negated", "background"]
ROLES = ["actor", "recipient", "place", "date", "speaker", "content"]
MENTION_TAGS = ["O", "B-actor", "I-actor", "B-place", "I-place", "B-time", "I-time"]
SPAN_TAGS = ["O", "B", "I"]


class Labels:
    """Label lists in column order, read from the ontology and never typed again."""

    def __init__(self, ontology: pathlib.Path):
        plover = json.loads(ontology.read_text())
        self.types = sorted(t["code"] for t in plover["event_types"])
        self.modes = ["-"] + [f"{t['code']}/{m['code'] if isinstance(m, dict) else m}" for t in sorted(plover["event_types"], key=lambda t: t["code"]) for m in t["modes"]]
        self.contexts = sorted(c["code"] for c in plover["contexts"])
        self.triggers = ["O", *(f"B-{t}" for t in self.types), "I"]
        self.statuses, self.roles, self.mentions, self.spans = STATUSES, ROLES, MENTION_TAGS, SPAN_TAGS

    def as_dict(self) -> dict:
        return {"types": self.types, "modes": self.modes, "contexts": self.contexts, "triggers": self.triggers, "statuses": self.statuses, "roles": self.roles, "mentions": self.mentions, "spans": self.spans}


@dataclass
class Mention:
    start: int  # first word, within the sentence
    end: int  # one past the last word
    kind: str
    entity: str | None


@dataclass
class Event:
    start: int
    end: int
    type: str
    mode: str | None
    status: str
    contexts: list[str]
    actors: list[int]
    recipients: list[int]
    places: list[int]
    dates: list[int]


@dataclass
class Quote:
    kind: str
    content: tuple[int, int]
    cue: tuple[int, int] | None
    speaker: int | None


@dataclass
class Sentence:
    text: str
    words: list[str]
    offsets: list[tuple[int, int]]
    pieces: list[list[int]]
    casing: list[int]
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


@dataclass
class Document:
    id: str
    path: str
    sentences: list[Sentence]
    split: str


def words_of(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in WORD.finditer(text)]


def casing_of(word: str) -> int:
    """0 lower, 1 capital first, 2 all capitals, 3 mixed, 4 digits, 5 other. src/4-encode/words.ts repeats it."""
    if any(c.isdigit() for c in word):
        return 4
    if not any(c.isalpha() for c in word):
        return 5
    if word == word.lower():
        return 0
    if len(word) > 1 and word == word.upper():
        return 2
    if word[0] == word[0].upper() and word[1:] == word[1:].lower():
        return 1
    return 3


def find(span: str, text: str) -> tuple[int, int]:
    """Where "words" or "words#2" stand in the text, as corpus/check.py reads it."""
    words, nth = span, 1
    found = _re.fullmatch(r"(.*)#(\d+)", span, _re.S)
    if found:
        words, nth = found[1], int(found[2])
    start = -1
    for _ in range(nth):
        start = text.find(words, start + 1)
        if start < 0:
            raise ValueError(f"{span!r} is not in {text!r}")
    return start, start + len(words)


def split_of(id: str) -> str:
    """Documents fall into parts by their id: one in sixteen each for dev and test, for ever."""
    at = int(hashlib.sha256(id.encode()).hexdigest(), 16) % 16
    return {0: "dev", 1: "test"}.get(at, "train")


class Reader:
    def __init__(self, tokenizer: Tokenizer, labels: Labels):
        self.tokenizer, self.labels = tokenizer, labels
        self.unknown = tokenizer.token_to_id("[UNK]")
        self.cache: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        got = self.cache.get(word)
        if got is None:
            got = self.tokenizer.encode(word, add_special_tokens=False).ids or [self.unknown]
            self.cache[word] = got
        return got

    def sentence(self, text: str) -> Sentence:
        offsets = words_of(text)
        words = [text[a:b] for a, b in offsets]
        return Sentence(text, words, offsets, [self.pieces(w) for w in words], [casing_of(w) for w in words])

    def annotated(self, row: dict) -> Sentence:
        s = self.sentence(row["text"])

        def at(span: str) -> tuple[int, int] | None:
            a, b = find(span, s.text)
            inside = [i for i, (x, y) in enumerate(s.offsets) if x < b and y > a]
            return (inside[0], inside[-1] + 1) if inside else None

        index = {}
        places = {p for e in row["e"] for p in e.get("place") or []}
        dates = {e["date"]: find(e["date"], s.text) for e in row["e"] if e.get("date")}
        for id, span, entity in row["m"]:
            where = at(span)
            if where is None:
                continue
            kind = "actor"
            if entity is None:
                chars = find(span, s.text)
                if id in places:
                    kind = "place"
                elif any(a < chars[1] and b > chars[0] for a, b in dates.values()) or looks_like_time(span):
                    kind = "time"
                else:
                    kind = "place"
            index[id] = len(s.mentions)
            s.mentions.append(Mention(*where, kind, entity))
        for e in row["e"]:
            where = at(e["trig"])
            if where is None:
                continue
            day = []
            if e.get("date"):
                span = at(e["date"])
                if span:
                    day = [i for i, m in enumerate(s.mentions) if m.kind == "time" and m.start < span[1] and m.end > span[0]]
                    if not day:
                        day = [len(s.mentions)]
                        s.mentions.append(Mention(*span, "time", None))
            get = lambda ids: [index[i] for i in ids or [] if i in index]
            s.events.append(Event(*where, e["type"], e.get("mode"), e["status"], e.get("ctx") or [], get(e["act"]), get(e["rec"]), get(e.get("place")), day))
        for q in row["q"]:
            content = at(q["content"]) if q.get("content") else None
            if content is None:
                continue
            s.quotes.append(Quote(q["kind"], content, at(q["cue"]) if q.get("cue") else None, index.get(q.get("speaker"))))
        return s

    def document(self, row: dict, path: str) -> Document:
        return Document(row["id"], path, [self.annotated(s) for s in row["sentences"]], split_of(row["id"]))

    def read(self, folders: list[pathlib.Path]) -> list[Document]:
        return [self.document(json.loads(line), f"{f.parent.name}/{f.name}") for folder in folders for f in sorted(folder.glob("*.jsonl")) for line in f.open(encoding="utf-8") if line.strip()]


TIME = _re.compile(r"\b(\d{4}|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|day|days|week|weeks|month|months|year|years|decades?|today|yesterday|tomorrow|tonight|morning|evening|afternoon|night|hours?|minutes?|weekend|noon|midnight|dawn|century|summer|winter|spring|autumn|recently|earlier|later|ago|now)\b", _re.I)


def looks_like_time(span: str) -> bool:
    return bool(TIME.search(span))


@dataclass
class Passage:
    """Consecutive sentences of one document that are encoded together."""
    sentences: list[Sentence]
    document: Document
    first: int  # index of the first sentence in the document

    @property
    def length(self) -> int:
        return 1 + sum(1 + sum(map(len, s.pieces)) for s in self.sentences)


def pack(document: Document, limit: int) -> list[Passage]:
    """Greedy: sentences in order while [CLS] s [SEP] s [SEP] … stays within `limit` pieces. src/4-encode/passages.ts repeats it.

    A sentence longer than the window alone is cut at 510 pieces here (training only; the coder splits it with overlap)."""
    passages: list[Passage] = []
    size = 0
    for i, s in enumerate(document.sentences):
        n = 1 + sum(map(len, s.pieces))
        if passages and size + n <= limit:
            passages[-1].sentences.append(s)
            size += n
        else:
            passages.append(Passage([s], document, i))
            size = 1 + n
    return passages


CLS, SEP = 101, 102


def inputs(passages: list[Passage]) -> dict[str, torch.Tensor]:
    """Pads a batch. ids, casing, mask, owner [B, L], owner a piece's word + 1, 0 for none; words [B, W] first pieces, word_mask, sentence [B, W]."""
    B = len(passages)
    L = max(p.length for p in passages)
    W = max(sum(len(s.words) for s in p.sentences) for p in passages)
    T = {k: np.zeros((B, L), np.int64) for k in ("ids", "casing", "mask", "owner")}
    T["words"], T["word_mask"], T["sentence"] = np.zeros((B, W), np.int64), np.zeros((B, W), bool), np.full((B, W), -1, np.int64)
    for b, p in enumerate(passages):
        at, w = 1, 0
        T["ids"][b, 0], T["mask"][b, 0] = CLS, 1
        for i, s in enumerate(p.sentences):
            for pieces, casing in zip(s.pieces, s.casing):
                if at + len(pieces) >= 511:
                    break
                T["words"][b, w], T["word_mask"][b, w], T["sentence"][b, w] = at, True, i
                end = at + len(pieces)
                T["ids"][b, at:end], T["casing"][b, at:end], T["mask"][b, at:end], T["owner"][b, at:end] = pieces, casing + 1, 1, w + 1
                at, w = end, w + 1
            T["ids"][b, at], T["mask"][b, at] = SEP, 1
            at += 1
    return {k: torch.from_numpy(v) for k, v in T.items()}


def tensors(passages: list[Passage], labels: Labels) -> dict[str, torch.Tensor]:
    """`inputs` and what annotators said: tags [B, W]; spans as averaging matrices [B, N, W]; pairs [B, 6, E, M], −1 where a pair is not asked."""
    given = inputs(passages)
    sentence = given["sentence"].numpy()
    B, W = sentence.shape
    T = {k: np.where(sentence < 0, -100, 0) for k in ("mention", "trigger", "cue", "content")}
    events = max(1, max(sum(len(s.events) + sum(q.cue is not None for q in s.quotes) for s in p.sentences) for p in passages))
    spans = max(1, max(sum(len(s.mentions) + len(s.quotes) for s in p.sentences) for p in passages))
    T["heads"] = np.zeros((B, events, W), np.float32)
    T["spans"] = np.zeros((B, spans, W), np.float32)
    T["pairs"] = np.full((B, len(ROLES), events, spans), -1, np.float32)
    for k in ("status", "mode"):
        T[k] = np.full((B, events), -100, np.int64)
    T["contexts"] = np.full((B, events, len(labels.contexts)), -1, np.float32)
    T["antecedent"] = np.zeros((B, spans, spans + 1), np.float32)  # true antecedents; last column: refers to none; all 0: not asked
    for b, p in enumerate(passages):
        base = n = e_at = m_at = 0
        entities: list[tuple[int, str]] = []
        for i, s in enumerate(p.sentences):
            base += n
            n = int((sentence[b] == i).sum())

            def tag(row: np.ndarray, start: int, end: int, first: int, rest: int) -> None:
                if end <= n:
                    row[base + start] = first
                    row[base + start + 1: base + end] = rest

            def average(row: np.ndarray, start: int, end: int) -> bool:
                if end > n:
                    return False
                row[base + start: base + end] = 1 / (end - start)
                return True

            first_span = m_at
            for m in s.mentions:
                k = MENTION_TAGS.index(f"B-{m.kind}")
                tag(T["mention"][b], m.start, m.end, k, k + 1)
                average(T["spans"][b, m_at], m.start, m.end)
                if m.kind == "actor" and m.entity is not None:
                    before = [i for i, e in entities if e == m.entity]
                    T["antecedent"][b, m_at, before if before else [spans]] = 1
                    entities.append((m_at, m.entity))
                m_at += 1
            contents = m_at
            for q in s.quotes:
                tag(T["content"][b], *q.content, 1, 2)
                average(T["spans"][b, m_at], *q.content)
                m_at += 1
            for e in s.events:
                tag(T["trigger"][b], e.start, e.end, labels.triggers.index(f"B-{e.type}"), len(labels.triggers) - 1)
                average(T["heads"][b, e_at], e.start, e.end)
                T["status"][b, e_at] = STATUSES.index(e.status)
                T["mode"][b, e_at] = labels.modes.index(f"{e.type}/{e.mode}") if e.mode else 0
                T["contexts"][b, e_at] = 0
                for c in e.contexts:
                    T["contexts"][b, e_at, labels.contexts.index(c)] = 1
                T["pairs"][b, :4, e_at, first_span:contents] = 0
                for r, ids in enumerate((e.actors, e.recipients, e.places, e.dates)):
                    for i in ids:
                        T["pairs"][b, r, e_at, first_span + i] = 1
                e_at += 1
            for q in s.quotes:
                if q.cue is None:
                    continue
                tag(T["cue"][b], *q.cue, 1, 2)
                average(T["heads"][b, e_at], *q.cue)
                T["pairs"][b, 4, e_at, first_span:contents] = 0
                T["pairs"][b, 5, e_at, contents:m_at] = 0
                if q.speaker is not None:
                    T["pairs"][b, 4, e_at, first_span + q.speaker] = 1
                for j, other in enumerate(s.quotes):
                    if other.cue == q.cue:
                        T["pairs"][b, 5, e_at, contents + j] = 1
                e_at += 1
    return given | {k: torch.from_numpy(v) for k, v in T.items()}


def batches(passages: list[Passage], pieces: int, shuffle: random.Random | None) -> list[list[Passage]]:
    """Passages of like length together, about `pieces` pieces (padded) a batch."""
    order = sorted(passages, key=lambda p: p.length + (shuffle.random() * 8 if shuffle else 0))
    out: list[list[Passage]] = []
    for p in order:
        if out and (len(out[-1]) + 1) * max(p.length, out[-1][0].length) <= pieces:
            out[-1].append(p)
        else:
            out.append([p])
    if shuffle:
        shuffle.shuffle(out)
    return out


@dataclass
class Pair:
    """One sentence with a source and a target marked, and what the first does to the second."""
    sentence: Sentence
    source: tuple[int, int]
    target: tuple[int, int]
    types: list[int]
    status: int
    mode: int


def pairs_of(documents: list[Document], labels: Labels, rng: random.Random) -> list[Pair]:
    """Actor and recipient of each event; one pair in ten is given the other way round, so that direction is no crutch."""
    out = []
    for d in documents:
        for s in d.sentences:
            seen: dict[tuple, Pair] = {}
            for e in s.events:
                for a in e.actors[:2]:
                    for r in e.recipients[:2]:
                        x, y = s.mentions[a], s.mentions[r]
                        key = ((x.start, x.end), (y.start, y.end))
                        if key in seen:
                            seen[key].types.append(labels.types.index(e.type))
                            continue
                        source, target = key if rng.random() > 0.1 else (key[1], key[0])
                        seen[key] = Pair(s, source, target, [labels.types.index(e.type)], STATUSES.index(e.status), labels.modes.index(f"{e.type}/{e.mode}") if e.mode else 0)
            out += seen.values()
    return out


def pair_tensors(pairs: list[Pair], labels: Labels) -> dict[str, torch.Tensor]:
    """As `tensors`, one sentence a row; marks [B, L] are 1 on the source's pieces and 2 on the target's."""
    B, L = len(pairs), min(256, max(2 + sum(map(len, p.sentence.pieces)) for p in pairs))
    T = {k: np.zeros((B, L), np.int64) for k in ("ids", "casing", "mask", "marks")}
    T["type"] = np.zeros((B, len(labels.types)), np.float32)
    T["status"], T["mode"] = np.zeros(B, np.int64), np.zeros(B, np.int64)
    for b, p in enumerate(pairs):
        at = 1
        T["ids"][b, 0], T["mask"][b, 0] = CLS, 1
        for i, (pieces, casing) in enumerate(zip(p.sentence.pieces, p.sentence.casing)):
            for piece in pieces:
                if at >= L - 1:
                    break
                T["ids"][b, at], T["casing"][b, at], T["mask"][b, at] = piece, casing + 1, 1
                for k, (start, end) in enumerate((p.source, p.target)):
                    if start <= i < end:
                        T["marks"][b, at] = k + 1
                at += 1
        T["ids"][b, at], T["mask"][b, at] = SEP, 1
        for t in p.types:
            T["type"][b, t] += 1 / len(p.types)
        T["status"][b], T["mode"][b] = p.status, p.mode
    return {k: torch.from_numpy(v) for k, v in T.items()}

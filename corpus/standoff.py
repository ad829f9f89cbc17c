#!/usr/bin/env python3
"""Annotations of real texts without the texts, and back.

    python3 corpus/standoff.py part DOCS.jsonl… --texts DIR --out corpus/real/NAME.jsonl
    python3 corpus/standoff.py join corpus/real/*.jsonl --texts DIR --out DIR2

DIR holds docs.jsonl.gz and summaries.jsonl.gz (corpus/README.md says where they come from): rows with "id" and "text". `part` writes one line a
document, in which each sentence is [start, end] of its source's text in code points, with the first 12 hex digits of its
sha256: verbatim, else with each run of white space as one space. Mentions, triggers, dates and quotes are [start, end] of the
sentence; a title of true is the source's. No text of a source is held. `join` makes the very documents again, and refuses a text that has
changed. Both tell and count the documents that they cannot find or make again, leave them out, and then exit with 3.
"""
from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pathlib
import re
import sys

FORM = "communique-standoff-1"


def texts_of(folder: pathlib.Path, wanted: set[str]) -> dict[str, dict]:
    """The rows of the sources, by id."""
    found: dict[str, dict] = {}
    for name in ("docs.jsonl.gz", "summaries.jsonl.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] in wanted:
                    found[row["id"]] = row
    return found


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def find(span: str, text: str) -> tuple[int, int] | None:
    """As corpus/check.py reads "words" and "words#2"."""
    match = re.fullmatch(r"(.*)#(\d+)", span, re.S)
    words, nth = (match[1], int(match[2])) if match else (span, 1)
    start = -1
    for _ in range(nth):
        start = text.find(words, start + 1)
        if start < 0:
            return None
    return start, start + len(words)


def written(start: int, end: int, text: str) -> str:
    """The words, with #n where they stand earlier in the sentence too, counted as `find` counts."""
    words = text[start:end]
    nth, at = 1, text.find(words)
    while at < start:
        nth, at = nth + 1, text.find(words, at + 1)
    return words if nth == 1 else f"{words}#{nth}"


def offsets(span: str, text: str) -> list:
    """[start, end], and the written form's own ending where it is not the one that `written` gives ("China#1")."""
    at = find(span, text)
    if at is None:
        raise ValueError(f"{span!r} is not in the sentence")
    plain = written(*at, text)
    if plain == span:
        return list(at)
    match = re.fullmatch(r"(.*)(#\d+)", span, re.S)
    if match is None:
        raise ValueError(f"{span!r} is written in a form that cannot be held")
    return [*at, match[2]]


def words_at(held: list, text: str) -> str:
    return text[held[0]: held[1]] + held[2] if len(held) == 3 else written(held[0], held[1], text)


def locate(sentence: str, source: str, since: int) -> tuple[int, int] | None:
    """Where a sentence stands in its source, verbatim or with other white space; after the sentence before it if it can be."""
    for at in (source.find(sentence, since), source.find(sentence)):
        if at >= 0:
            return at, at + len(sentence)
    loose = re.compile(r"\s+".join(map(re.escape, sentence.split())))
    match = loose.search(source, since) or loose.search(source)
    return match and match.span()


def sentence_at(at: list, hash: str, source: str) -> str | None:
    text = source[at[0]: at[1]]
    return next((words for words in (text, " ".join(text.split())) if hash_of(words) == hash), None)


def part_document(doc: dict, row: dict) -> dict:
    source, since, sentences = row["text"], 0, []
    if doc.get("title"):
        if doc["title"] != row.get("title"):
            raise ValueError(f"its title is not that of {doc['ref']}")
        doc = doc | {"title": True}
    for n, s in enumerate(doc["sentences"]):
        text = s["text"]
        where = locate(text, source, since)
        if where is None:
            raise ValueError(f"sentence {n} is not in the text of {doc['ref']}")
        if sentence_at([*where], hash_of(text), source) != text:
            raise ValueError(f"sentence {n} cannot be made again from the text of {doc['ref']}")
        since = where[1]
        span = lambda words: None if words is None else offsets(words, text)
        held = {k: v for k, v in s.items() if k != "text"}
        held["at"], held["hash"] = [*where], hash_of(text)
        held["m"] = [[id, offsets(words, text), entity] for id, words, entity in s["m"]]
        held["e"] = [e | {k: span(e[k]) for k in ("trig", "date") if k in e} for e in s["e"]]
        held["q"] = [q | {k: span(q[k]) for k in ("cue", "content") if k in q} for q in s["q"]]
        sentences.append(held)
    return {"form": FORM, **doc, "sentences": sentences}


def join_document(held: dict, row: dict) -> dict:
    source = row["text"]
    if held.get("title") is True:
        held = held | {"title": row["title"]}
    if held.get("form") != FORM:
        raise ValueError(f"found the form {held.get('form')!r}, expected {FORM!r}")
    sentences = []
    for n, s in enumerate(held["sentences"]):
        text = sentence_at(s["at"], s["hash"], source)
        if text is None:
            raise ValueError(f"the text of {held['ref']} has changed at sentence {n}")
        span = lambda at: None if at is None else words_at(at, text)
        own = {"text": text} | {k: v for k, v in s.items() if k not in ("at", "hash")}
        own["m"] = [[id, words_at(at, text), entity] for id, at, entity in s["m"]]
        own["e"] = [e | {k: span(e[k]) for k in ("trig", "date") if k in e} for e in s["e"]]
        own["q"] = [q | {k: span(q[k]) for k in ("cue", "content") if k in q} for q in s["q"]]
        sentences.append(own)
    return {k: v for k, v in held.items() if k != "form"} | {"sentences": sentences}


def rows_of(path: pathlib.Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def turn(work, rows: list[dict], texts: dict[str, dict], path: pathlib.Path) -> tuple[list[dict], int]:
    done, lost = [], 0
    for row in rows:
        try:
            if row.get("ref") not in texts:
                raise ValueError(f"the source {row.get('ref')!r} is not among the texts")
            done.append(work(row, texts[row["ref"]]))
        except (ValueError, KeyError) as error:
            lost += 1
            print(f"{path} {row.get('id')}: {error}", file=sys.stderr)
    return done, lost


def write(path: pathlib.Path, rows: list[dict], compact: bool) -> None:
    marks = (",", ":") if compact else (", ", ": ")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False, separators=marks) + "\n" for row in rows), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["part", "join"])
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--texts", required=True, type=pathlib.Path, help="folder of docs.jsonl.gz and summaries.jsonl.gz")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="part: a file, or a folder for several; join: a folder")
    args = parser.parse_args()
    files = [(path, rows_of(path)) for path in args.files]
    texts = texts_of(args.texts, {row.get("ref") for _, rows in files for row in rows})
    is_file = args.what == "part" and args.out.suffix == ".jsonl"
    work = part_document if args.what == "part" else join_document
    total, lost, done = 0, 0, []
    for path, rows in files:
        turned, missing = turn(work, rows, texts, path)
        total, lost, done = total + len(turned), lost + missing, done + turned
        if not is_file:
            write(args.out / path.name, turned, args.what == "part")
    if is_file:
        write(args.out, done, True)
    print(f"{total} documents, {lost} not found")
    return 3 if lost else 0


if __name__ == "__main__":
    sys.exit(main())

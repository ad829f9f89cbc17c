import type {Report, Sentence, Span} from "../0-records/index.ts"
import {endsSentence} from "./boundary.ts"

/**
 * Cuts a report into sentences, in text order.
 *
 * `Intl.Segmenter` proposes, the rules of `boundary.ts` join again what it cut at an abbreviation, an initial or
 * inside a quote. A sentence never crosses a paragraph (a line feed ends one), and its span has no white space at
 * either end. The dateline is part of the first sentence.
 *
 * @returns spans in UTF-16 units of `report.text`; empty where the text holds no word
 */
export function segment(report: Report): Sentence[] {
  const sentences: Sentence[] = []
  for (const [paragraph, {start, end}] of paragraphs(report.text).entries()) {
    for (const span of sentencesOf(report.text.slice(start, end))) {
      sentences.push({start: start + span.start, end: start + span.end, index: sentences.length, paragraph})
    }
  }
  return sentences
}

/** The stretches between line feeds that hold more than white space. */
function paragraphs(text: string): Span[] {
  const found: Span[] = []
  let start = 0
  while (start < text.length) {
    const feed = text.indexOf("\n", start)
    const end = feed < 0 ? text.length : feed
    if (/\S/.test(text.slice(start, end))) found.push({start, end})
    start = end + 1
  }
  return found
}

function sentencesOf(paragraph: string): Span[] {
  const spans: Span[] = []
  let start = 0
  for (const end of proposals(paragraph)) {
    if (end < paragraph.length && !endsSentence(paragraph, start, end)) continue
    const span = trimmed(paragraph, start, end)
    if (span.end > span.start) spans.push(span)
    start = end
  }
  return spans
}

const segmenter = new Intl.Segmenter("en", {granularity: "sentence"})

/** Where sentences may end, in order. Unicode's rules never end one before a digit or "al-": those are added. */
function* proposals(paragraph: string): Generator<number> {
  for (const {index, segment: piece} of segmenter.segment(paragraph)) {
    for (const {index: at, 0: stop} of piece.matchAll(/[.!?]["”’)\]]*\s+(?=["“]?(?:\d|al-\p{Lu}))/gu)) yield index + at + stop.length
    yield index + piece.length
  }
}

function trimmed(text: string, start: number, end: number): Span {
  const piece = text.slice(start, end)
  const from = start + piece.length - piece.trimStart().length
  return {start: from, end: Math.max(from, start + piece.trimEnd().length)}
}

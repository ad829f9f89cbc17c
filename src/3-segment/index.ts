import type {Report, Sentence, Span} from "../0-records/index.ts"
import {endsSentence} from "./boundary.ts"

/**
 * Cuts a report into sentences, in text order.
 *
 * `Intl.Segmenter` proposes, the rules of `boundary.ts` join again what it cut at an abbreviation, an initial or
 * inside a quote. A sentence never crosses a paragraph (a line feed ends one), and its span has no white space at
 * either end. The dateline is part of the first sentence. What has no end for thousands of characters is no sentence
 * and is cut at a space: every row holds its sentence.
 *
 * @returns spans in UTF-16 units of `report.text`; empty where the text holds no word
 */
export function segment(report: Report): Sentence[] {
  const sentences: Sentence[] = []
  for (const [paragraph, {start, end}] of paragraphs(report.text).entries()) {
    const opening = Math.max(0, (report.dateline?.end ?? 0) - start)
    for (const span of sentencesOf(report.text.slice(start, end), opening)) {
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

/** The sentences of a paragraph; none ends before `opening`. */
function sentencesOf(paragraph: string, opening: number): Span[] {
  const spans: Span[] = []
  let start = 0
  for (const end of proposals(paragraph)) {
    if ((opening > 0 && end <= opening + 1) || (end < paragraph.length && !endsSentence(paragraph, start, end))) continue
    const span = trimmed(paragraph, start, end)
    if (span.end > span.start) spans.push(...pieces(paragraph, span))
    start = end
  }
  return spans
}

/** UTF-16 units; the longest of 57,000 sentences of news has 2,724. */
const longest = 5000

/** A sentence, or the stretches of one that is too long, cut at spaces and never inside a surrogate pair. */
function pieces(paragraph: string, {start, end}: Span): Span[] {
  const found: Span[] = []
  let from = start
  while (end - from > longest) {
    const space = paragraph.lastIndexOf(" ", from + longest)
    const isPair = /[\udc00-\udfff]/.test(paragraph[from + longest] ?? "")
    const to = space > from ? space : from + longest - (isPair ? 1 : 0)
    found.push({start: from, end: to})
    from = space > from ? to + 1 : to
  }
  return [...found, {start: from, end}]
}

const segmenter = new Intl.Segmenter("en", {granularity: "sentence"})

/**
 * Where sentences may end, in order. Unicode's rules never end one before a digit or "al-": those are added.
 *
 * V8 copies the whole text for each segment, so that a long paragraph is handed over in windows: each begins where
 * the last whole sentence of the one before ended, and grows until it holds one.
 */
function* proposals(paragraph: string): Generator<number> {
  for (let from = 0, size = least; from < paragraph.length; ) {
    const window = paragraph.slice(from, from + size)
    const ends = Array.from(segmenter.segment(window), ({index, segment: piece}) => ({index, piece}))
    // the window cut the last one short
    if (from + size < paragraph.length) ends.pop()
    size = ends.length > 0 ? least : size * 2
    for (const {index, piece} of ends) {
      for (const {index: at, 0: stop} of piece.matchAll(missed)) yield from + index + at + stop.length
      yield from + index + piece.length
    }
    from += ends.reduce((length, {piece}) => length + piece.length, 0)
  }
}

/** Characters of a window: more than most paragraphs have. */
const least = 4000

const missed = /[.!?]["”’)\]]*\s+(?=["“]?(?:\d|al-\p{Lu}))/gu

function trimmed(text: string, start: number, end: number): Span {
  const piece = text.slice(start, end)
  const from = start + piece.length - piece.trimStart().length
  return {start: from, end: Math.max(from, start + piece.trimEnd().length)}
}

import type {Quote, Span} from "../0-records/index.ts"
import {rounded, sidesOf, type Told} from "./events.ts"

const open = "“\"«„‘'"
const close = "”\"»“’'"
const pair = /[“"«„][^”"»]*[”"»]|(?<![\p{L}\p{N}])[‘'](?:[^’']|[’'](?=\p{L}))+[’'](?!\p{L})/u

/** The quotes of a report, in text order. The kind is told by the quotation marks alone; words with neither marks nor a cue are nobody's. */
export function quotesOf(told: Told): Quote[] {
  const {report, marks, resolved, words} = told
  return marks.quotes.flatMap((mark, i) => {
    const sentence = told.sentences[mark.sentence]!
    const runsOn = mark.cue === null && isWithin(report.text, told.sentences.find(({paragraph}) => paragraph === sentence.paragraph)!.start, mark.content.start)
    const {kind, content} = contentOf(report.text, mark.content, sentence, runsOn)
    if (mark.cue === null && kind === "indirect") return []
    const speaker = resolved.speakers[i] ?? null
    const [side] = speaker === null ? [] : sidesOf(told, {mention: speaker, probability: mark.speaker?.probability ?? 1})
    const isElsewhere = speaker !== null && marks.mentions[speaker]!.sentence !== mark.sentence
    return {
      id: `${report.id}/q${i + 1}`,
      kind,
      content: words(content),
      cue: mark.cue && words(mark.cue),
      speaker: side ? {...side.actor, basis: isElsewhere ? "resolved" : side.actor.basis} : null,
      sentence: {index: sentence.index, ...words(sentence)},
      confidence: rounded(mark.probability),
      report: told.reportRef,
      review: null,
      coder: told.coder,
    }
  })
}

/** The kind of what a person says was said: a part of what stands within quotation marks is direct too. Spans count UTF-16 units. */
export function kindOfQuote(text: string, content: Span, sentence: Span): Quote["kind"] {
  const said = text.slice(sentence.start, Math.max(sentence.end, content.end))
  const quoted = [...said.matchAll(new RegExp(pair, "gu"))].map(({0: {length}, index}) => ({
    start: sentence.start + index,
    end: sentence.start + index + length,
  }))
  return quoted.some(({start, end}) => start <= content.start && content.end <= end) ? "direct" : contentOf(text, content, sentence, false).kind
}

/**
 * Tells a quote's kind and settles its edges: `direct` when all of it stands within quotation marks (which are left out),
 * `mixed` when a part does, `indirect` otherwise. What runs on from a quote opened in a sentence before is direct.
 */
function contentOf(text: string, mark: Span, sentence: Span, runsOn: boolean): {kind: Quote["kind"]; content: Span} {
  let {start, end} = mark
  const isOpened = open.includes(text[start]!) || (start > sentence.start && open.includes(text[start - 1]!))
  if (open.includes(text[start]!)) start++
  while (end > start && /[\s.,;:]/.test(text[end - 1]!)) end--
  const isClosed = close.includes(text[end - 1]!) || /^[.,;:!?…]{0,2}[”"»’']/.test(text.slice(end, end + 3))
  if (isOpened && close.includes(text[end - 1]!)) end--
  while (end > start && /[\s.,;:]/.test(text[end - 1]!)) end--
  if (end <= start) return {kind: "indirect", content: mark}
  const inner = text.slice(start, end)
  if (isOpened && isClosed && !splits(inner)) return {kind: "direct", content: {start, end}}
  if (runsOn && (isOpened || isClosed || !/["“”«»]/.test(inner))) return {kind: "direct", content: {start, end}}
  const whole = {start: isOpened && !isClosed && mark.start < start ? mark.start : start, end}
  const kept = isOpened && splits(inner) ? {start: mark.start, end: mark.end} : isOpened && !isClosed ? whole : {start, end}
  return {kind: pair.test(text.slice(kept.start, kept.end + 1)) || isOpened ? "mixed" : "indirect", content: kept}
}

/** Whether a quotation opened after `from` is open at `at`; straight marks open and close by turns. */
function isWithin(text: string, from: number, at: number): boolean {
  let isOpen = false
  for (const mark of text.slice(from, at).match(/["“”«»„]/g) ?? []) isOpen = mark === '"' ? !isOpen : "“«„".includes(mark)
  return isOpen
}

/** Whether quotation marks close and open again inside, as in `told” reporters and “left`. */
const splits = (inner: string) => /[”"»][^“"«]*[“"«]/.test(inner)

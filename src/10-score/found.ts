import {CoderError, type Place, type Span} from "../0-records/index.ts"
import type {Gold} from "./gold.ts"
import {lengthOf, touched} from "./words.ts"

/** What a coder found in one gold sentence; spans are first and past last word of it. */
export type Found = {readonly mentions: Span[]; readonly events: FoundEvent[]; readonly quotes: FoundQuote[]}

/** Words that stand in another sentence count as none, since gold names sides, dates and places in their own sentence only. */
export type FoundEvent = {
  readonly type: string
  readonly mode: string | null
  /** `null` where the coder tells none. */
  readonly status: string | null
  readonly trigger: Span
  readonly actors: readonly FoundSide[]
  readonly recipients: readonly FoundSide[]
  readonly date: Span | null
  readonly place: Span | null
  /** 0 to 1; `null` where the coder tells none. */
  readonly confidence: number | null
}

export type FoundSide = Span & {readonly country: string | null}

export type FoundQuote = {readonly kind: string; readonly content: Span; readonly speaker: Span | null}

/** What a coder found in a document, a sentence each. */
export type Answer = {readonly sentences: readonly Found[]}

export const emptyAnswer = ({sentences}: Gold): Answer => ({sentences: sentences.map(() => ({mentions: [], events: [], quotes: []}))})

/** Which kind a row is: an event has a trigger, a quote a content, a mention neither. */
export function kindOf(row: Fields): "event" | "quote" | "mention" {
  if ("trigger" in row) return "event"
  return "content" in row ? "quote" : "mention"
}

export type Fields = Readonly<Record<string, unknown>>
const objectOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {})
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(objectOf) : [])
const textOrNull = (value: unknown) => (typeof value === "string" && value !== "" ? value : null)

/**
 * Adds a row (docs/event-record.md, or `{"text", "start", "end"}` for a mention) to the answer of its document.
 *
 * Its offsets count in the document's settled text or in the text as it was given, whichever has the row's words there; where neither
 * has, since the coder changed the text, they are looked for near by.
 *
 * @throws CoderError `row-unreadable`, where it cannot be placed
 */
export function place(row: Fields, gold: Gold, answer: Answer, at: Place): void {
  const kind = kindOf(row)
  const key = objectOf(kind === "event" ? row.trigger : kind === "quote" ? row.content : row)
  const head = spanOf(key)
  if (!head)
    throw new CoderError("row-unreadable", `Cannot read the row: expected "start" and "end" of its ${kind === "event" ? "trigger" : kind}, code points`, at)
  const shift = shiftOf(gold, head, textOrNull(key.text))
  const index = shift === undefined ? -1 : shift.index
  const found = answer.sentences[index]
  const sentence = gold.sentences[index]
  const words = (value: unknown): Span | undefined => {
    const span = spanOf(objectOf(value))
    return span && shift && sentence && touched(sentence.words, {start: span.start - shift.by, end: span.end - shift.by})
  }
  const own = words(key)
  if (!found || !own) {
    const shown = JSON.stringify(key.text ?? null).slice(0, 60)
    throw new CoderError("row-unreadable", `Cannot place the row: ${shown} does not stand at ${head.start} of ${JSON.stringify(gold.id)}`, at)
  }
  const sides = (value: unknown): FoundSide[] =>
    listOf(value).flatMap(side => {
      const span = words(side)
      return span ? [{...span, country: textOrNull(side.country)}] : []
    })
  if (kind === "mention") found.mentions.push(own)
  else if (kind === "quote") found.quotes.push({kind: String(row.kind ?? ""), content: own, speaker: words(row.speaker) ?? null})
  else {
    if (typeof row.type !== "string") throw new CoderError("row-unreadable", `Cannot read the row: expected "type" to be a text`, at)
    found.events.push({
      type: row.type,
      mode: textOrNull(row.mode),
      status: textOrNull(row.status),
      trigger: own,
      actors: sides(row.actors),
      recipients: sides(row.recipients),
      date: words(row.date) ?? null,
      place: words(row.place) ?? null,
      confidence: typeof row.confidence === "number" ? row.confidence : null,
    })
  }
}

function spanOf({start, end}: Fields): Span | undefined {
  return typeof start === "number" && typeof end === "number" && start < end ? {start, end} : undefined
}

/** The sentence that a row stands in, and what to take from its offsets to count within that sentence. */
type Shift = {readonly index: number; readonly by: number}

/** How far, in code points, a coder's changes of the text may have moved a row. */
const reach = 60

function shiftOf(gold: Gold, head: Span, words: string | null): Shift | undefined {
  const near: (Shift & {distance: number})[] = []
  for (const between of [1, 2]) {
    let by = 0
    for (const [index, {text}] of gold.sentences.entries()) {
      const length = lengthOf(text)
      if (head.start >= by && head.start < by + length) {
        const inside = cut(text, head.start - by, head.end - by)
        // A content may run on past its sentence.
        if (words === null || inside === words || (head.end > by + length && words.startsWith(inside))) return {index, by}
      }
      if (words !== null && between === 1 && head.start > by - reach && head.start < by + length + reach) {
        for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
          const moved = head.start - by - lengthOf(text.slice(0, at))
          near.push({index, by: by + moved, distance: Math.abs(moved)})
        }
      }
      by += length + between
    }
  }
  const [nearest] = near.filter(({distance}) => distance <= reach).sort((one, other) => one.distance - other.distance)
  return nearest
}

const cut = (text: string, start: number, end: number) => Array.from(text).slice(start, end).join("")

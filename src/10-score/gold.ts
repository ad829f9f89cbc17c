import {CoderError, type Place, type Span} from "../0-records/index.ts"
import {lengthOf, overlaps, touched, wordsOf} from "./words.ts"

/** An annotated document, read and checked. Form and rules: corpus/GUIDE.md. */
export type Gold = {
  readonly id: string
  readonly title: string | null
  readonly published: string | null
  readonly sentences: readonly GoldSentence[]
}

/** All spans but `words` are first and past last word of the sentence. */
export type GoldSentence = {
  readonly text: string
  /** In code points of the sentence. */
  readonly words: readonly Span[]
  readonly mentions: readonly GoldMention[]
  readonly events: readonly GoldEvent[]
  readonly quotes: readonly GoldQuote[]
}

/** `entity` is `null` for a mere place or time; `country` is the entity's. */
export type GoldMention = Span & {readonly entity: string | null; readonly country: string | null}

export type GoldEvent = {
  readonly type: string
  readonly mode: string | null
  readonly status: string
  readonly trigger: Span
  readonly actors: readonly GoldMention[]
  readonly recipients: readonly GoldMention[]
  readonly places: readonly GoldMention[]
  readonly date: Span | null
}

export type GoldQuote = {readonly kind: string; readonly content: Span; readonly speaker: GoldMention | null}

/**
 * The text that coders are given: a sentence a paragraph, so that no coder's own cutting into sentences can move the gold.
 * Records count in its settled form (`settledTextOf`).
 */
export const textOf = ({sentences}: Gold) => sentences.map(({text}) => text).join("\n\n")

/** The same as room 2 settles it: a line feed after each sentence. */
export const settledTextOf = ({sentences}: Gold) => sentences.map(({text}) => `${text}\n`).join("")

/** Reports have four sentences or more; what is shorter is an item. */
export const isReport = ({sentences}: Gold) => sentences.length >= 4

/**
 * Reads an annotated document.
 *
 * @throws CoderError `gold-unreadable`, where it is not of the guide's form
 */
export function readGold(value: Readonly<Record<string, unknown>>, place: Place): Gold {
  const wrong = (what: string) => new CoderError("gold-unreadable", `Cannot read the document ${JSON.stringify(value.id ?? null)}: ${what}`, place)
  const {id, title, date, entities, sentences} = value
  if (value.form !== undefined)
    throw wrong(`found annotations without their text (${JSON.stringify(value.form)}), expected them joined with it (corpus/README.md)`)
  if (typeof id !== "string" || id === "") throw wrong('found no "id", expected a text')
  if (!Array.isArray(sentences) || sentences.length === 0) throw wrong('found no "sentences", expected a list as in corpus/GUIDE.md')
  const countries = new Map(listOf(entities).map(({id, country}) => [String(id), typeof country === "string" ? country : null]))
  return {
    id,
    title: typeof title === "string" && title !== "" ? title : null,
    published: typeof date === "string" && date !== "" ? date : null,
    sentences: sentences.map((row: unknown, at) => {
      const sentence = objectOf(row)
      if (typeof sentence.text !== "string" || sentence.text.trim() === "") throw wrong(`found no "text" in sentence ${at}`)
      return readSentence(sentence, sentence.text, countries, what => wrong(`sentence ${at}: ${what}`))
    }),
  }
}

type Fields = Readonly<Record<string, unknown>>
const objectOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {})
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(objectOf) : [])
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter(one => typeof one === "string") : [])
const textOrNull = (value: unknown) => (typeof value === "string" && value !== "" ? value : null)

function readSentence({m, e, q}: Fields, text: string, countries: ReadonlyMap<string, string | null>, wrong: (what: string) => CoderError): GoldSentence {
  const words = wordsOf(text)
  const at = (written: unknown, what: string): Span => {
    const found = typeof written === "string" ? find(written, text) : undefined
    const span = found && touched(words, found)
    if (!span) throw wrong(`${what} ${JSON.stringify(written ?? null)} is not in the text`)
    return span
  }
  const byId = new Map<string, GoldMention>()
  for (const mention of Array.isArray(m) ? m : []) {
    const [id, written, entity] = Array.isArray(mention) ? mention : []
    if (typeof id !== "string") throw wrong(`found the mention ${JSON.stringify(mention)}, expected [id, words, entity]`)
    if (entity !== null && !countries.has(String(entity))) throw wrong(`the entity ${JSON.stringify(entity)} is not declared`)
    byId.set(id, {...at(written, "the mention"), entity: entity === null ? null : String(entity), country: countries.get(String(entity)) ?? null})
  }
  const mentionsOf = (ids: unknown) =>
    textsOf(ids).map(id => {
      const mention = byId.get(id)
      if (!mention) throw wrong(`the mention ${JSON.stringify(id)} is not declared`)
      return mention
    })
  const events = listOf(e).map(
    (event): GoldEvent => ({
      type: String(event.type),
      mode: textOrNull(event.mode),
      status: String(event.status),
      trigger: at(event.trig, "the trigger"),
      actors: mentionsOf(event.act),
      recipients: mentionsOf(event.rec),
      places: mentionsOf(event.place),
      date: textOrNull(event.date) === null ? null : at(event.date, "the date"),
    }),
  )
  const quotes = listOf(q).flatMap(({kind, content, speaker}): GoldQuote[] =>
    textOrNull(content) === null
      ? []
      : [{kind: String(kind), content: at(content, "the quote"), speaker: textOrNull(speaker) === null ? null : (mentionsOf([speaker])[0] ?? null)}],
  )
  const places = new Set(events.flatMap(event => event.places))
  const mentions = [...byId.values()]
  // A date that no mention of a time covers is one of its own (training/data.py).
  const isTime = (mention: GoldMention) => mention.entity === null && !places.has(mention)
  const dates = events.flatMap(({date}) => (date && !mentions.some(mention => isTime(mention) && overlaps(mention, date)) ? [date] : []))
  return {text, words, mentions: [...mentions, ...dates.map(span => ({...span, entity: null, country: null}))], events, quotes}
}

/** Where "words" or "words#2" stand in the text, code points; `undefined` where they do not. corpus/check.py reads spans so too. */
function find(written: string, text: string): Span | undefined {
  const [, words = written, count = "1"] = /^(.*)#(\d+)$/su.exec(written) ?? []
  let at = -1
  for (let n = 0; n < Number(count); n++) {
    at = text.indexOf(words, at + 1)
    if (at < 0 || words === "") return undefined
  }
  const start = lengthOf(text.slice(0, at))
  return {start, end: start + lengthOf(words)}
}

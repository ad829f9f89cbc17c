import type {Span} from "../0-records/index.ts"
import type {Found, FoundEvent, FoundQuote, FoundSide} from "./found.ts"
import type {GoldEvent, GoldMention, GoldQuote, GoldSentence} from "./gold.ts"
import {isSame, overlaps} from "./words.ts"

/** What is measured, in the order in which it is shown. training/evaluate.py counts in the same way. */
export const measures = [
  {name: "mention", about: "mentions, exact words"},
  {name: "trigger", about: "trigger's first word, and type"},
  {name: "type", about: "event type in the sentence"},
  {name: "full", about: "type, actor and recipient"},
  {name: "exact", about: "the same, each side exactly the gold side's"},
  {name: "actor", about: "actor, where the type is right"},
  {name: "recipient", about: "recipient, where the type is right"},
  {name: "dyad", about: "type with the countries of both sides"},
  {name: "status", about: "status, where the type is right"},
  {name: "mode", about: "mode, where the type is right"},
  {name: "date", about: "date's words, where the type is right"},
  {name: "place", about: "place's words, where the type is right"},
  {name: "quote", about: "quote with its speaker"},
  {name: "direct", about: "the same, direct quotes only"},
] as const

export type Measure = (typeof measures)[number]["name"]

/** Right, found and gold. */
export type Counts = readonly [right: number, found: number, gold: number]

/** A gold event, a found one, or both where they answer each other. */
export type Pair = {
  readonly gold: GoldEvent | null
  readonly found: FoundEvent | null
  /** Both right only where the types are the same. */
  readonly actor: boolean
  readonly recipient: boolean
}

/** One sentence, compared. */
export type Judged = {readonly counts: Readonly<Record<Measure, Counts>>; readonly pairs: readonly Pair[]}

/** CONSULT and COOPERATE have no direction; AGREE has none where it names no recipient (docs/event-record.md). */
const mutual = new Set(["CONSULT", "COOPERATE"])
const mutualAlone = new Set([...mutual, "AGREE"])

/** Compares what was found in a sentence with its gold. */
export function judge(gold: GoldSentence, found: Found): Judged {
  const {matched, missed, extra} = matchEvents(gold, found.events)
  const given = (isRight: (pair: Matched) => boolean): Counts => [matched.filter(isRight).length, matched.length, matched.length]
  const all = (right: number): Counts => [right, found.events.length, gold.events.length]
  const dated = (words: (pair: Matched) => readonly [Span | null, readonly Span[]]): Counts =>
    matched
      .map(words)
      .reduce<Counts>(
        ([right, found, gold], [own, wanted]) => [
          right + (own && wanted.some(span => overlaps(own, span)) ? 1 : 0),
          found + (own ? 1 : 0),
          gold + (wanted.length > 0 ? 1 : 0),
        ],
        [0, 0, 0],
      )
  const told = matched.filter(({found}) => found.status !== null)
  return {
    counts: {
      mention: common(found.mentions.map(wordsKey), gold.mentions.map(wordsKey), true),
      trigger: common(found.events.map(startKey), gold.events.map(startKey)),
      type: common(found.events.map(typeKey), gold.events.map(typeKey)),
      full: all(matched.filter(({actor, recipient}) => actor && recipient).length),
      exact: all(
        matched.filter(pair => isExact(gold, pair.found.actors, pair.gold.actors) && isExact(gold, pair.found.recipients, pair.gold.recipients)).length,
      ),
      actor: given(({actor}) => actor),
      recipient: given(({recipient}) => recipient),
      dyad: common(found.events.flatMap(dyadsOf), gold.events.flatMap(dyadsOf), true),
      status: [told.filter(pair => pair.found.status === pair.gold.status).length, told.length, told.length],
      mode: given(pair => pair.found.mode === pair.gold.mode),
      date: dated(pair => [pair.found.date, pair.gold.date ? [pair.gold.date] : []]),
      place: dated(pair => [pair.found.place, pair.gold.places]),
      quote: quotesRight(gold.quotes, found.quotes),
      direct: quotesRight(gold.quotes.filter(isDirect), found.quotes.filter(isDirect)),
    },
    pairs: [...matched, ...confused(missed, extra)],
  }
}

const wordsKey = ({start, end}: Span) => `${start} ${end}`
const startKey = ({type, trigger}: FoundEvent | GoldEvent) => `${type} ${trigger.start}`
const typeKey = ({type}: FoundEvent | GoldEvent) => type
const isDirect = ({kind}: {readonly kind: string}) => kind === "direct"

/** How many two lists have in common; each counts once where they are sets. */
function common(found: readonly string[], gold: readonly string[], areSets = false): Counts {
  const [own, left] = areSets ? [[...new Set(found)], [...new Set(gold)]] : [found, [...gold]]
  const wanted = left.length
  let right = 0
  for (const one of own) {
    const at = left.indexOf(one)
    if (at < 0) continue
    left.splice(at, 1)
    right++
  }
  return [right, own.length, wanted]
}

type Matched = {readonly gold: GoldEvent; readonly found: FoundEvent; readonly actor: boolean; readonly recipient: boolean}

/** Each found event, in its order, takes the gold event of its type that it fits best. */
function matchEvents(gold: GoldSentence, found: readonly FoundEvent[]): {matched: Matched[]; missed: GoldEvent[]; extra: FoundEvent[]} {
  const missed = [...gold.events]
  const matched: Matched[] = []
  const extra: FoundEvent[] = []
  for (const one of found) {
    const options = missed
      .filter(({type}) => type === one.type)
      .map(other => ({gold: other, found: one, actor: isSide(gold, one.actors, other.actors), recipient: isSide(gold, one.recipients, other.recipients)}))
    const likeness = (pair: Matched) => 2 * (Number(pair.actor) + Number(pair.recipient)) + Number(pair.gold.trigger.start === one.trigger.start)
    const best = options.reduce<Matched | undefined>((top, pair) => (top && likeness(top) >= likeness(pair) ? top : pair), undefined)
    if (best) {
      matched.push(best)
      missed.splice(missed.indexOf(best.gold), 1)
    } else extra.push(one)
  }
  return {matched, missed, extra}
}

/** What is left is paired where triggers overlap: one type taken for another. */
function confused(missed: readonly GoldEvent[], extra: readonly FoundEvent[]): Pair[] {
  const left = [...missed]
  const wrong = extra.map((found): Pair => {
    const at = left.findIndex(({trigger}) => overlaps(trigger, found.trigger))
    const [gold = null] = at < 0 ? [] : left.splice(at, 1)
    return {gold, found, actor: false, recipient: false}
  })
  return [...wrong, ...left.map(gold => ({gold, found: null, actor: false, recipient: false}))]
}

/** A side is right where one of its words overlaps any mention, in the sentence, of an entity of the gold side; or where both are empty. */
function isSide(sentence: GoldSentence, found: readonly Span[], gold: readonly GoldMention[]): boolean {
  if (found.length === 0 || gold.length === 0) return found.length === gold.length
  const entities = new Set(gold.flatMap(({entity}) => entity ?? []))
  const wide = sentence.mentions.filter(mention => gold.some(one => isSame(one, mention)) || (mention.entity !== null && entities.has(mention.entity)))
  return found.some(one => wide.some(mention => overlaps(one, mention)))
}

/** Each of the one side is in the other, both ways. */
function isExact(sentence: GoldSentence, found: readonly Span[], gold: readonly GoldMention[]): boolean {
  return isSide(sentence, found, gold) && found.every(one => isSide(sentence, [one], gold)) && gold.every(one => isSide(sentence, found, [one]))
}

/** `TYPE AAA BBB` for each two countries of the sides; none where a side has no known country. */
function dyadsOf({type, actors, recipients}: FoundEvent | GoldEvent): string[] {
  const countries = (side: readonly {readonly country: string | null}[]) => [...new Set(side.flatMap(({country}) => country ?? []))]
  const [own, others] = [countries(actors), countries(recipients as readonly FoundSide[])]
  if (recipients.length === 0 && mutualAlone.has(type)) return pairsWithin(own).map(pair => `${type} ${pair.sort().join(" ")}`)
  return own.flatMap(one => others.map(other => `${type} ${(mutual.has(type) ? [one, other].sort() : [one, other]).join(" ")}`))
}

const pairsWithin = (codes: readonly string[]) => codes.flatMap((one, at) => codes.slice(at + 1).map(other => [one, other]))

/** A quote is right where its content begins and ends within a word of the gold's and the speakers' words overlap, or both are unknown. */
function quotesRight(gold: readonly GoldQuote[], found: readonly FoundQuote[]): Counts {
  const left = [...gold]
  let right = 0
  for (const one of found) {
    const at = left.findIndex(
      ({content, speaker}) =>
        Math.abs(content.start - one.content.start) <= 1 &&
        Math.abs(content.end - one.content.end) <= 1 &&
        (speaker && one.speaker ? overlaps(speaker, one.speaker) : speaker === one.speaker),
    )
    if (at < 0) continue
    left.splice(at, 1)
    right++
  }
  return [right, found.length, gold.length]
}

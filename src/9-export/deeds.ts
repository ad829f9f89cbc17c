import {createHash} from "node:crypto"
import {type Actor, CoderError, type EventRecord, type StoredEvent} from "../0-records/index.ts"
import {isEvent, type LayoutOptions, type Row} from "./layout.ts"

/** One deed as a report tells it: the data sets count these, not mentions. */
export type Deed = {
  /** The mention that speaks for it: `actual` before others, then the surest, then the first. */
  readonly head: EventRecord
  /** In text order. */
  readonly mentions: readonly EventRecord[]
  /** In a store's order, with those that the filters do not let pass; absent where the rows come from no store. */
  readonly stored?: readonly StoredEvent[]
  /** The last day of the head, else of the first mention that has one; `undefined` where none has. */
  readonly day: string | undefined
}

/** An actor and a recipient of a deed; one of them may be `null`. */
export type Pair = {readonly actor: Actor | null; readonly recipient: Actor | null}

/** The deeds of each report in turn; rows of a report stand together, so that only one report is held. */
export async function* reportsOf(rows: AsyncIterable<Row>): AsyncGenerator<Deed[]> {
  let report: string | number | undefined
  let held = new Map<string, EventRecord[]>()
  for await (const row of rows) {
    if (!isEvent(row)) continue
    const under = "stored" in row ? row.stored.report : row.report.id
    if (under !== report && held.size > 0) {
      yield [...held.values()].flatMap(deed)
      held = new Map()
    }
    report = under
    const mentions = held.get(row.event)
    if (mentions) mentions.push(row)
    else held.set(row.event, [row])
  }
  if (held.size > 0) yield [...held.values()].flatMap(deed)
}

/** None where the filters let no mention pass. */
function deed(told: readonly EventRecord[]): Deed[] {
  const stored = told.filter(isStored)
  const mentions = told.filter(mention => !isStored(mention) || mention.stored.isAsked)
  if (mentions.length === 0) return []
  const rank = (mention: EventRecord) => (isStored(mention) && mention.stored.isHead ? 2 : 0) + (mention.status === "actual" ? 1 : 0) + mention.confidence / 2
  const head = mentions.reduce((best, one) => (rank(one) > rank(best) ? one : best))
  return [{head, mentions, ...(stored.length > 0 && {stored}), day: head.date?.to ?? mentions.find(({date}) => date)?.date?.to}]
}

export const isStored = (mention: EventRecord): mention is StoredEvent => "stored" in mention

/** The day a mention came into the store; from no store, the publication day, since there is no other clock. */
export const addedOn = (mention: EventRecord) => (isStored(mention) ? mention.stored.added : mention.report.published)

export type Dated = Deed & {readonly day: string}

export const isDated = (deed: Deed): deed is Dated => deed.day !== undefined

/** Deeds with a day and a side at least; the others are told and left out, since the data sets have no row for them. */
export async function* datedDeeds(rows: AsyncIterable<Row>, {leftOut}: LayoutOptions): AsyncGenerator<Dated> {
  for await (const deeds of reportsOf(rows)) {
    for (const deed of deeds) {
      if (!isDated(deed)) leftOut?.("without a day")
      else if (deed.mentions.every(mention => pairsOf(mention).length === 0)) leftOut?.("without a side")
      else yield deed
    }
  }
}

/** Who goes by what in a data set without spans: one code and name is one side. */
export const keyOf = (side: Actor | null) => (side ? `${side.code ?? ""} ${side.name}` : "")

/** Ordered pairs of a mention, each once. A meeting, a joint deed or an agreement that names its sides together has each pair both ways. */
export function pairsOf({type, actors, recipients}: EventRecord): Pair[] {
  const isMutual = recipients.length === 0 && actors.length > 1 && mutual.has(type)
  const firsts: readonly (Actor | null)[] = actors.length > 0 ? actors : [null]
  const seconds: readonly (Actor | null)[] = isMutual ? actors : recipients.length > 0 ? recipients : [null]
  const pairs = firsts.flatMap(actor => seconds.map(recipient => ({actor, recipient})))
  const isPair = ({actor, recipient}: Pair) => (actor || recipient) && keyOf(actor) !== keyOf(recipient)
  return unique(pairs.filter(isPair))
}

/** PLOVER types that both sides carry out together (DESIGN.md). */
const mutual = new Set(["CONSULT", "COOPERATE", "AGREE"])

/** The pairs that any of the deed's mentions tells, each once. One-sided ones are dropped where a mention knows the other side. */
export function dealsOf({mentions}: Deed): Pair[] {
  const pairs = unique(mentions.flatMap(pairsOf))
  const isWhole = ({actor, recipient}: Pair) => actor !== null && recipient !== null
  return pairs.filter(
    pair =>
      isWhole(pair) ||
      !pairs.some(other => isWhole(other) && (pair.actor ? keyOf(other.actor) === keyOf(pair.actor) : keyOf(other.recipient) === keyOf(pair.recipient))),
  )
}

const nameOf = ({actor, recipient}: Pair) => `${keyOf(actor)}\n${keyOf(recipient)}`
const unique = (pairs: readonly Pair[]) => [...new Map(pairs.toReversed().map(pair => [nameOf(pair), pair])).values()].toReversed()

/** How a data set's rows are numbered: below 2^53, so that R, which reads larger numbers as doubles, keeps them apart. */
export type Numbering = {
  /** The number of a deed's pair; `isMirror` is the row that tells the pair from the other side. */
  readonly pair: (deed: Deed, pair: Pair, isMirror?: boolean) => number
  /** The number of the report that a deed stands under. */
  readonly report: (deed: Deed) => number
}

/**
 * From a store: the deed's number, then four digits for the pair, which stay whatever is asked for and whatever mentions come later.
 * From no store: the first 52 bits of a sha256.
 *
 * @throws CoderError `id-collides` where two have one number
 */
export function numbering(): Numbering {
  const hashed = hashing()
  const name = (deed: Deed, pair: Pair) => `${deed.head.event}\n${nameOf(pair)}`
  return {
    pair: (deed, pair, isMirror = false) =>
      storedNumber(deed, pair, isMirror) ?? hashed(name(deed, isMirror ? {actor: pair.recipient, recipient: pair.actor} : pair)),
    report: ({head, stored}) => stored?.[0]?.stored.report ?? hashed(head.report.id),
  }
}

const mostPairs = 5000

function storedNumber({stored}: Deed, pair: Pair, isMirror: boolean): number | undefined {
  if (!stored?.[0]) return undefined
  const {deed} = stored[0].stored
  const place = unique(stored.flatMap(pairsOf)).findIndex(other => nameOf(other) === nameOf(pair))
  if (place < 0 || place >= mostPairs) throw new CoderError("id-collides", `Cannot number the event ${deed}: found more than ${mostPairs} pairs of sides`)
  return deed * mostPairs * 2 + place * 2 + (isMirror ? 1 : 0)
}

function hashing(): (text: string) => number {
  const given = new Map<number, string>()
  return text => {
    const number = Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 13), 16)
    const other = given.get(number)
    if (other !== undefined && other !== text)
      throw new CoderError("id-collides", `Cannot number ${JSON.stringify(text)}: ${JSON.stringify(other)} has ${number} too`)
    given.set(number, text)
    return number
  }
}

/** A line of tab-separated values; the data sets quote nothing, so tabs, line ends and other controls become spaces. */
export function tabbed(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell => (typeof cell === "string" ? cell.replace(/[\p{Cc}\u2028\u2029]+/gu, " ") : (cell ?? ""))).join("\t")}\n`
}

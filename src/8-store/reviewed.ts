import {
  type Correctable,
  correctable,
  correctableOfQuote,
  type Day,
  type EventRecord,
  type FieldChange,
  type Quote,
  type Reviewable,
  type Words,
} from "../0-records/index.ts"
import {eventOf, quoteOf, selectMentions, selectQuotes} from "./ask.ts"
import {next, type Row, type Session, type Value} from "./database.ts"
import {addSides, fieldColumns, fieldValues, headsOf, internActors, partyColumns, partyValues, quoteFieldColumns, quoteFieldValues} from "./mention.ts"

/**
 * What a verdict may be on: mentions of events and quotes, which stand in tables of like shape. The row always is as reviewers left
 * it, so that every question finds it so; what it was before stands in rows of the same table whose `past_of` names it.
 */
export type Subject<Kind extends EventRecord | Quote = EventRecord | Quote> = {
  readonly of: Reviewable
  readonly table: "mentions" | "quotes"
  /** The column of `corrections` that holds the row's number. */
  readonly standsIn: "mention" | "quote"
  /** Reads whole records, as `m`. */
  readonly select: string
  readonly recordOf: (row: Row) => Kind
  readonly fields: readonly FieldChange["field"][]
  /** Fields that are of one piece: where one of the first two differs, all of them are kept. */
  readonly whole: readonly FieldChange["field"][]
  readonly type: (record: Kind) => string
  readonly words: (record: Kind) => Words
  /** What the id of a row by hand has before its number. */
  readonly letter: string
  readonly columns: readonly string[]
  readonly values: (session: Session, record: Kind) => Promise<Value[]>
  /** Further columns of a row by hand, and their values. */
  readonly own: (id: string, number: number, publisher: string | null) => readonly (readonly [string, Value])[]
  /** Further columns of a past row, and the SQL of their values out of the present one, with its number as `$1`. */
  readonly past: readonly (readonly [string, string])[]
  /** What else is to be kept of a row that is about to change. */
  readonly keep: (session: Session, past: number, number: number) => Promise<void>
  /** What else changes with a row. */
  readonly follow: (session: Session, change: {number: number; before: Kind; after: Kind; isByHand: boolean; day: Day}) => Promise<void>
}

const kind: readonly Correctable[] = ["type", "mode", "quad", "intensity", "cameo"]

const ofEvents: Subject<EventRecord> = {
  of: "event",
  table: "mentions",
  standsIn: "mention",
  select: selectMentions,
  recordOf: eventOf,
  fields: correctable,
  whole: kind,
  type: ({type}) => type,
  words: ({trigger}) => trigger,
  letter: "r",
  columns: [...fieldColumns, ...partyColumns],
  values: async (session, event) => [...fieldValues(event), ...partyValues(event, await internActors(session, {events: [event]}))],
  own: (id, number, publisher) => [
    ["event", id],
    ["own_event", id],
    ["head", number],
    ["own_head", number],
    ["publisher", publisher],
  ],
  past: [
    ["head", "CASE WHEN head = number THEN $1::BIGINT ELSE head END"],
    ["event", "event"],
    ["story", "story"],
    ["publisher", "publisher"],
  ],
  async keep(session, past, number) {
    await session.all("INSERT INTO sides (mention, role, actor) SELECT $1::BIGINT, role, actor FROM sides WHERE mention = $2", [past, number])
    await session.all("INSERT INTO dyads (mention, actor, recipient) SELECT $1::BIGINT, actor, recipient FROM dyads WHERE mention = $2", [past, number])
  },
  async follow(session, {number, before, after, isByHand, day}) {
    const [one, other] = [before, after].map(({type, actors, recipients}) => JSON.stringify([type, actors, recipients]))
    if (isByHand || one !== other) {
      for (const table of ["sides", "dyads"]) await session.all(`DELETE FROM ${table} WHERE mention = $1`, [number])
      await addSides(session, [{event: after, mention: number}], await internActors(session, {events: [after]}))
    }
    await speak(session, before.event, day)
  },
}

const ofQuotes: Subject<Quote> = {
  of: "quote",
  table: "quotes",
  standsIn: "quote",
  select: selectQuotes,
  recordOf: quoteOf,
  fields: correctableOfQuote,
  whole: [],
  type: () => quoteType,
  words: ({content}) => content,
  letter: "qr",
  columns: quoteFieldColumns,
  values: async (session, quote) => quoteFieldValues(quote, await internActors(session, {events: [], quotes: [quote]})),
  own: () => [],
  past: [],
  keep: async () => {},
  follow: async () => {},
}

/** What stands in `corrections.type` where a verdict is on a quote. */
export const quoteType = "QUOTE"

export const subjects: Readonly<Record<Reviewable, Subject>> = {event: ofEvents as unknown as Subject, quote: ofQuotes as unknown as Subject}

/** Keeps the row as it is before it is changed. What its coder wrote is always kept; of later states the last of each day. */
export async function keepPast(
  session: Session,
  {table, columns, past: further, keep}: Subject,
  number: number,
  day: Day,
  validFrom: string | null,
): Promise<void> {
  if (validFrom === day) return
  const past = await next(session, table)
  const same = ["report", "run", "id", "confidence", "review", "valid_from", ...columns].join(", ")
  const [names, values] = [further.map(([name]) => `${name}, `).join(""), further.map(([, value]) => `${value}, `).join("")]
  await session.all(
    `INSERT INTO ${table} (number, ${names}is_current, valid_until, past_of, ${same})
     SELECT $1::BIGINT, ${values}false, $2::DATE, number, ${same} FROM ${table} WHERE number = $3`,
    [past, day, number],
  )
  await keep(session, past, number)
}

/** Lets the right one of a deed's present mentions speak for it. */
async function speak(session: Session, event: string, day: Day): Promise<void> {
  const rows = await session.all("SELECT number, head, event, status, confidence, valid_from FROM mentions WHERE event = $1 AND is_current ORDER BY number", [
    event,
  ])
  const heads = headsOf(rows as unknown as Parameters<typeof headsOf>[0])
  for (const [at, row] of rows.entries()) {
    const head = rows[heads[at]!]!.number!
    if (row.head === head) continue
    await keepPast(session, subjects.event, row.number as number, day, row.valid_from as string | null)
    await session.all("UPDATE mentions SET head = $1, valid_from = $2 WHERE number = $3", [head, day, row.number!])
  }
}

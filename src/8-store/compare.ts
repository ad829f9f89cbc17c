import {addDays, type Day} from "../0-records/index.ts"
import {type Rows, scopeOf} from "./ask.ts"
import {type Session, Values} from "./database.ts"
import type {Query} from "./query.ts"

/** What a run says of a dyad and day. */
export type Told = {
  /** Events of each type. */
  readonly types: Readonly<Record<string, number>>
  /** The sentence of one of them; `null` where there is no text, as in imported rows. */
  readonly sentence: string | null
  /** Its report's address, else its id. */
  readonly report: string
}

/** A directed dyad on a day, as two runs tell it. */
export type Compared = {
  readonly day: Day
  readonly actor: string
  readonly recipient: string
  /** `agree` where they share a type, `differ` where both have events and share none, else which of them is alone. */
  readonly verdict: "agree" | "differ" | "run-only" | "with-only"
  readonly run: Told | null
  readonly with: Told | null
}

/** Dyads and days of a page at most, which always ends with a day. */
const daysAtOnce = 31

/**
 * Compares the present rows, or a run's, with another run's over the days that both have, by day and dyad.
 *
 * @param query  filters of both; its `run` is the first
 */
export async function compare(session: Session, query: Query, other: number, cursor?: string | null): Promise<Rows<Compared>> {
  const queries = [query, {...query, run: other}] as const
  const [from, to] = cursor ? (cursor.split("/") as [Day, Day]) : await sharedDays(session, queries)
  if (from === null || to === null || from > to) return {rows: [], next: null}
  const end = addDays(from, daysAtOnce - 1)
  const [last] = [end, to].sort() as [Day, Day]
  const values = new Values()
  const [one, two] = [await grouped(session, queries[0], [from, last], values), await grouped(session, queries[1], [from, last], values)]
  const rows = await session.all(
    `SELECT coalesce(o.day, t.day)::VARCHAR AS day, coalesce(o.actor, t.actor) AS actor, coalesce(o.recipient, t.recipient) AS recipient,
       coalesce(o.type, t.type) AS type, o.n AS one, t.n AS two, o.number AS one_number, t.number AS two_number
     FROM (${one}) o FULL OUTER JOIN (${two}) t ON o.day = t.day AND o.actor = t.actor AND o.recipient = t.recipient AND o.type = t.type
     ORDER BY 1, 2, 3, 4`,
    values.list,
  )
  const evidence = await evidenceOf(
    session,
    rows
      .flatMap(row => [row.one_number, row.two_number])
      .filter(number => number !== null)
      .map(Number),
  )
  const together = new Map<string, (typeof rows)[number][]>()
  for (const row of rows) {
    const key = `${row.day}\n${row.actor}\n${row.recipient}`
    together.set(key, [...(together.get(key) ?? []), row])
  }
  const compared = [...together.values()].map((same): Compared => {
    const side = (count: "one" | "two"): Told | null => {
      const present = same.filter(row => row[count] !== null)
      const shown = present.map(row => evidence.get(Number(row[`${count}_number`]))!)
      if (present.length === 0) return null
      const told = shown.find(({sentence}) => sentence !== null) ?? shown[0]!
      return {types: Object.fromEntries(present.map(row => [row.type, row[count]])), ...told}
    }
    const isShared = same.some(({one, two}) => one !== null && two !== null)
    const [run, others] = [side("one"), side("two")]
    const {day, actor, recipient} = same[0]! as unknown as Compared
    return {day, actor, recipient, verdict: isShared ? "agree" : run && others ? "differ" : run ? "run-only" : "with-only", run, with: others}
  })
  return {rows: compared, next: last < to ? `${addDays(last, 1)}/${to}` : null}
}

/** First and last day on which both have events. */
async function sharedDays(session: Session, queries: readonly Query[]): Promise<[Day | null, Day | null]> {
  const spans: {first: Day | null; last: Day | null}[] = []
  for (const query of queries) {
    const values = new Values()
    const {from, where} = await scopeOf(session, query, "events", values)
    const [row] = await session.all(`SELECT min(m.day_to)::VARCHAR AS first, max(m.day_to)::VARCHAR AS last FROM ${from} WHERE ${where}`, values.list)
    spans.push(row as {first: Day | null; last: Day | null})
  }
  const [one, two] = spans
  if (!one?.first || !one.last || !two?.first || !two.last) return [null, null]
  return [[one.first, two.first].sort()[1]!, [one.last, two.last].sort()[0]!]
}

async function grouped(session: Session, query: Query, [first, last]: readonly [Day, Day], values: Values): Promise<string> {
  const {from, where} = await scopeOf(session, query, "events", values)
  return `SELECT m.day_to AS day, x.party AS actor, y.party AS recipient, m.type, count(DISTINCT m.number)::INTEGER AS n, min(m.number) AS number
    FROM ${from} JOIN dyads d ON d.mention = m.number JOIN actors x ON x.number = d.actor JOIN actors y ON y.number = d.recipient
    WHERE ${where} AND m.day_to >= ${values.add(first)}::DATE AND m.day_to <= ${values.add(last)}::DATE
    GROUP BY m.day_to, x.party, y.party, m.type`
}

async function evidenceOf(session: Session, numbers: readonly number[]): Promise<Map<number, Pick<Told, "sentence" | "report">>> {
  if (numbers.length === 0) return new Map()
  const rows = await session.all(
    `SELECT m.number, m.sentence, coalesce(r.url, r.id) AS report FROM mentions m JOIN reports r ON r.number = m.report WHERE m.number IN (${numbers.join(", ")})`,
  )
  return new Map(rows.map(row => [Number(row.number), {sentence: (row.sentence as string) || null, report: row.report as string}]))
}

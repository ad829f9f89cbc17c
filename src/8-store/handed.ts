import {CoderError, type Day, type EventRecord, type Quote, type StoredEvent, type Unit} from "../0-records/index.ts"
import {eventOf, floorOf, mentionColumns, quoteColumns, quoteOf, type Rows, reportColumns, runColumns, scopeOf} from "./ask.ts"
import {type Session, Values} from "./database.ts"
import {asReviewed, coding, mentionConditions, type Query, reportConditions} from "./query.ts"
import type {Store} from "./store.ts"

/** What is handed on to files: all rows that a query lets pass, in the order of arrival, however many there are. */

/** Rows of a page. */
const mostRows = 4000

/** A stretch of numbers that a page looks through: it grows where few rows are found, so that a rare filter is no walk in small steps. */
type Stretch = {readonly after: number; readonly last: number; readonly width: number}

const firstWidth = 8000

/** A page's rows, and where the next begins. What is added meanwhile lies after `last` and is not looked at. */
async function stretchOf(session: Session, table: "mentions" | "quotes", cursor: string | null | undefined): Promise<Stretch> {
  if (cursor) {
    const [after, last, width] = cursor.split("/").map(Number)
    if (![after, last, width].every(Number.isSafeInteger)) throw new CoderError("query-wrong", `Cannot go on after ${JSON.stringify(cursor.slice(0, 60))}`)
    return {after: after!, last: last!, width: width!}
  }
  const [row] = await session.all(`SELECT coalesce(max(number), 0)::INTEGER AS last FROM ${table}`)
  return {after: 0, last: row?.last as number, width: firstWidth}
}

/** @param lastFound  the greatest number found, where the page is full */
function nextOf({after, last, width}: Stretch, found: number, lastFound: number): string | null {
  const isFull = found === mostRows
  const end = isFull ? lastFound : after + width
  const wider = found < mostRows / 4 ? width * 4 : found > mostRows / 2 ? Math.max(firstWidth, Math.floor(width / 2)) : width
  return end >= last ? null : `${end}/${last}/${Math.min(wider, 2 ** 30)}`
}

/** Mentions, events by the mention that speaks for each, or quotes, in the order of arrival. */
export async function inOrder(session: Session, query: Query, unit: Unit, cursor?: string | null): Promise<Rows<EventRecord | Quote>> {
  const table = unit === "quotes" ? "quotes" : "mentions"
  const stretch = await stretchOf(session, table, cursor)
  const values = new Values()
  const {from, where} = await scopeOf(session, query, unit, values)
  const rows = await session.all(
    `SELECT p.*, ${reportColumns}, ${runColumns} FROM (
       SELECT ${unit === "quotes" ? quoteColumns : mentionColumns} FROM ${from} WHERE ${where} AND ${within("m.number", stretch, values)}
       ORDER BY m.number LIMIT ${mostRows}
     ) p JOIN reports r ON r.number = p.report JOIN runs n ON n.number = p.run ORDER BY p.number`,
    values.list,
  )
  return {rows: rows.map(row => (unit === "quotes" ? quoteOf(row) : eventOf(row))), next: nextOf(stretch, rows.length, rows.at(-1)?.number as number)}
}

/**
 * Deeds with all their mentions, those of a deed together.
 *
 * @param unit  `events` asks the filters of the mention that speaks for a deed, and takes its mentions of the same statuses and confidence;
 *   `mentions` asks them of each mention
 */
export async function deeds(session: Session, query: Query, unit: "mentions" | "events", cursor?: string | null): Promise<Rows<StoredEvent>> {
  const stretch = await stretchOf(session, "mentions", cursor)
  const values = new Values()
  const {from, where} = await scopeOf(session, query, unit, values)
  const found = await session.all(
    `SELECT DISTINCT m.head FROM ${from} WHERE ${where} AND ${within("m.head", stretch, values)} ORDER BY m.head LIMIT ${mostRows}`,
    values.list,
  )
  const lastHead = found.at(-1)?.head as number
  const next = nextOf(stretch, found.length, lastHead)
  if (found.length === 0) return {rows: [], next}
  return {rows: await mentionsOf(session, query, unit, {from: found[0]!.head as number, to: lastHead, heads: found.map(({head}) => Number(head))}), next}
}

async function mentionsOf(
  session: Session,
  query: Query,
  unit: "mentions" | "events",
  {from, to, heads}: {from: number; to: number; heads: readonly number[]},
): Promise<StoredEvent[]> {
  const values = new Values()
  const floor = await floorOf(session, query)
  const {status, minConfidence} = query
  const asked = await mentionConditions(
    session,
    unit === "mentions" ? query : {...(status !== undefined && {status}), ...(minConfidence !== undefined && {minConfidence})},
    values,
    floor,
  )
  const isAsked = [...(unit === "mentions" ? [asked.base, asked.dated] : []), asked.status, asked.confidence].join(" AND ")
  const rows = await session.all(
    `SELECT p.*, r.added, h.report AS head_report, ${reportColumns}, ${runColumns} FROM (
       SELECT ${mentionColumns}, m.head, (${isAsked}) AS asked FROM mentions m WHERE ${coding(query, values)} AND ${asReviewed(query, values)} AND m.head >= ${values.add(from)} AND m.head <= ${values.add(to)}
     ) p JOIN mentions h ON h.number = p.head AND h.number >= ${values.add(from)} AND h.number <= ${values.add(to)}
     JOIN reports r ON r.number = p.report JOIN runs n ON n.number = p.run ORDER BY p.head, p.number`,
    values.list,
  )
  const wanted = new Set(heads)
  const oldest = new Map<number, number>()
  const stored: StoredEvent[] = []
  for (const row of rows) {
    const head = Number(row.head)
    if (!wanted.has(head)) continue
    if (!oldest.has(head)) oldest.set(head, Number(row.number))
    const report = row.head_report as number
    stored.push({
      ...eventOf(row),
      stored: {deed: oldest.get(head)!, report, added: row.added as Day, isHead: Number(row.number) === head, isAsked: row.asked === true},
    })
  }
  return stored
}

const within = (column: string, {after, last, width}: Stretch, values: Values) =>
  `${column} > ${values.add(after)} AND ${column} <= ${values.add(Math.min(after + width, last))}`

/** How many reports that the filters of reports and days let pass were published on each day, in its order: what daily counts are out of. */
export async function reportDays(session: Session, query: Query): Promise<{readonly day: Day; readonly reports: number}[]> {
  const values = new Values()
  const where = reportConditions(query, values)
  const rows = await session.all(
    `SELECT r.published AS day, count(*)::INTEGER AS reports FROM reports r WHERE ${where} AND r.published IS NOT NULL GROUP BY r.published ORDER BY r.published`,
    values.list,
  )
  return rows as unknown as {day: Day; reports: number}[]
}

/** Publishers of the reports that the filters of reports and days let pass, with how many each has; the largest first. */
export async function publishers(session: Session, query: Query): Promise<{readonly publisher: string | null; readonly reports: number}[]> {
  const values = new Values()
  const where = reportConditions(query, values)
  const rows = await session.all(
    `SELECT r.publisher, count(*)::INTEGER AS reports FROM reports r WHERE ${where} GROUP BY r.publisher ORDER BY reports DESC, r.publisher`,
    values.list,
  )
  return rows as unknown as {publisher: string | null; reports: number}[]
}

/** Every row of a query, a page at a time: deeds with all their mentions where `isDeeds`, else the rows of `unit`. */
export async function* everyRow(
  store: Store,
  query: Query,
  {unit, isDeeds}: {readonly unit: Unit; readonly isDeeds: boolean},
): AsyncGenerator<EventRecord | Quote | StoredEvent> {
  let cursor: string | undefined
  for (;;) {
    const page: Rows<EventRecord | Quote> = isDeeds
      ? await store.deeds(query, unit === "mentions" ? unit : "events", cursor)
      : await store.inOrder(query, unit, cursor)
    yield* page.rows
    if (page.next === null) return
    cursor = page.next
  }
}

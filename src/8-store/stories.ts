import {CoderError, type ReportRef, type Story} from "../0-records/index.ts"
import {type Page, type Rows, scopeOf} from "./ask.ts"
import {type Row, type Session, Values} from "./database.ts"
import {type Query, storyNumber} from "./query.ts"

/** Stories with an event that passes the filters: those of most reports first, then the latest, then the oldest id. */
export async function stories(session: Session, query: Query, {limit = 100, after}: Page): Promise<Rows<Story>> {
  const at = startOf(after)
  const values = new Values()
  const {from, where} = await scopeOf(session, query, "stories", values)
  const rows = await session.all(
    `SELECT s.number, s.reports, s.first_day, s.last_day, r.id AS central, r.title AS headline FROM stories s JOIN reports r ON r.number = s.central
     WHERE 's' || s.number IN (SELECT m.story FROM ${from} WHERE ${where})
     ORDER BY s.reports DESC, s.last_day DESC NULLS LAST, s.number LIMIT ${values.add(limit)} OFFSET ${values.add(at)}`,
    values.list,
  )
  return {rows: await filled(session, rows), next: rows.length === limit ? String(at + limit) : null}
}

function startOf(after: string | undefined): number {
  if (after === undefined) return 0
  if (/^\d{1,9}$/.test(after)) return Number(after)
  throw new CoderError("query-wrong", `Cannot go on after ${JSON.stringify(after.slice(0, 60))}: expected the end of the page before, as it was told`)
}

/** Most actors that a story is shown by. */
const mostActors = 6

/** Counts what stories hold: present rows that are actual and no less sure than their model's own least. */
async function filled(session: Session, rows: readonly Row[]): Promise<Story[]> {
  if (rows.length === 0) return []
  const numbers = rows.map(({number}) => Number(number))
  const ids = numbers.map(number => `'s${number}'`).join(", ")
  const told = `m.is_current AND m.status = 'actual' AND m.confidence >= n.floor AND m.story IN (${ids})`
  const counts = await session.all(
    `SELECT m.story, count(*)::INTEGER AS mentions, count(DISTINCT m.event)::INTEGER AS events FROM mentions m JOIN runs n ON n.number = m.run WHERE ${told} GROUP BY m.story`,
  )
  const actors = await session.all(
    `SELECT * FROM (SELECT m.story, a.party, count(DISTINCT m.event)::INTEGER AS events,
         row_number() OVER (PARTITION BY m.story ORDER BY count(DISTINCT m.event) DESC, count(*) DESC, a.party) AS place
       FROM mentions m JOIN runs n ON n.number = m.run JOIN sides s ON s.mention = m.number JOIN actors a ON a.number = s.actor WHERE ${told} GROUP BY m.story, a.party) t
     WHERE place <= ${mostActors} ORDER BY story, place`,
  )
  const publishers = await session.all(
    `SELECT g.story, r.publisher, count(*)::INTEGER AS n FROM gathered g JOIN reports r ON r.number = g.report WHERE g.story IN (${numbers.join(", ")}) AND r.publisher IS NOT NULL
     GROUP BY g.story, r.publisher ORDER BY n DESC, r.publisher`,
  )
  const copies = await session.all(
    `SELECT story, count(*)::INTEGER AS n FROM gathered WHERE story IN (${numbers.join(", ")}) AND copy_of IS NOT NULL GROUP BY story`,
  )
  const countOf = new Map(counts.map(row => [row.story, row]))
  return rows.map(({number, headline, central, first_day, last_day, reports}) => ({
    story: `s${number}`,
    headline: headline as string | null,
    central: central as string,
    first: first_day as string | null,
    last: last_day as string | null,
    reports: reports as number,
    originals: (reports as number) - ((copies.find(({story}) => story === number)?.n as number | undefined) ?? 0),
    publishers: publishers.filter(({story}) => story === number).map(({publisher}) => publisher as string),
    events: (countOf.get(`s${number}`)?.events as number | undefined) ?? 0,
    mentions: (countOf.get(`s${number}`)?.mentions as number | undefined) ?? 0,
    actors: actors.filter(({story}) => story === `s${number}`).map(({party, events}) => ({party: party as string, events: events as number})),
  }))
}

/** A story with its reports. */
export type ShownStory = Story & {
  /** In the order of publication. */
  readonly of: readonly (ReportRef & {
    /** The id of the first report of nearly the same text, and the share of it in common; `null` where it is no copy. */
    readonly copyOf: string | null
    readonly likeness: number | null
    /** Why it belongs to the story: what links it to reports gathered before it. */
    readonly reasons: readonly {readonly other: string; readonly reason: string}[]
  })[]
}

/** Reads a story by its id, or by `s` and the number of any of its reports; `undefined` where there is none. */
export async function story(session: Session, id: string): Promise<ShownStory | undefined> {
  const rows = await session.all(
    `SELECT s.number, s.reports, s.first_day, s.last_day, r.id AS central, r.title AS headline FROM stories s JOIN reports r ON r.number = s.central
     WHERE s.number IN (SELECT g.story FROM gathered g WHERE g.report = ${storyNumber(id)})`,
  )
  const [found] = await filled(session, rows)
  if (!found) return undefined
  const number = rows[0]!.number as number
  const reports = await session.all(
    `SELECT r.number, r.id, r.title, r.url, r.publisher, r.published, g.likeness, o.id AS copy_of FROM gathered g JOIN reports r ON r.number = g.report
     LEFT JOIN reports o ON o.number = g.copy_of WHERE g.story = ${number} ORDER BY r.published NULLS LAST, r.number LIMIT 2000`,
  )
  const links = await session.all(
    `SELECT l.report, o.id AS other, l.reason FROM links l JOIN gathered g ON g.report = l.report JOIN reports o ON o.number = l.other WHERE g.story = ${number} ORDER BY l.other`,
  )
  const byReport = new Map<unknown, {other: string; reason: string}[]>()
  for (const {report, other, reason} of links) byReport.set(report, [...(byReport.get(report) ?? []), {other: other as string, reason: reason as string}])
  return {
    ...found,
    of: reports.map(({number, id, title, url, publisher, published, likeness, copy_of}) => ({
      ...({id, title, url, publisher, published} as ReportRef),
      copyOf: copy_of as string | null,
      likeness: likeness as number | null,
      reasons: (byReport.get(number) ?? []).slice(0, 3),
    })),
  }
}

import type {Day, Group, KnownActor} from "../0-records/index.ts"
import {scopeOf} from "./ask.ts"
import {type Row, type Session, Values} from "./database.ts"
import {type Query, reportConditions} from "./query.ts"

/** What counts can stand by. */
export const groupings = ["day", "week", "month", "year", "dyad", "actor", "recipient", "type", "mode", "quad", "status", "publisher", "place"] as const
export type Grouping = (typeof groupings)[number]

/** Groups in a stable order, with what could not be put into one. */
export type Aggregate = {
  readonly by: Grouping
  readonly groups: readonly Group[]
  /** Groups there are, those over a limit included. */
  readonly total: number
  /** Without a day or place, or over more than one period, and so in no group. */
  readonly ungrouped: number
}

const periods: readonly Grouping[] = ["day", "week", "month", "year"]

/** Counts by period in their order, else the largest group first. */
export async function aggregate(
  session: Session,
  query: Query,
  {by, unit = "events", limit}: {readonly by: Grouping; readonly unit?: "mentions" | "events"; readonly limit?: number},
): Promise<Aggregate> {
  const values = new Values()
  const {from, where} = await scopeOf(session, query, unit, values)
  const {inner, keys, joins} = groupingOf(by)
  const [names, narrow] = [keys.map((_, at) => `key${at}`), inner.map((_, at) => `k${at}`)]
  const isPeriod = periods.includes(by)
  // Rows are counted by narrow keys, of which there are few, and only these are named. What is in no group is one without key, and comes first.
  const counted = `SELECT ${narrow.join(", ")}, count(*) AS n, count(*) FILTER (WHERE quad <= 2) AS cooperation, sum(intensity) AS total, count(intensity) AS rated
    FROM (SELECT ${inner.map((key, at) => `${key} AS k${at}`).join(", ")}, m.quad, m.intensity FROM ${from} WHERE ${where}) m GROUP BY ${narrow.join(", ")}`
  const named = keys.map((key, at) => `${key} AS key${at}`).join(", ")
  const counting = session.all(
    `SELECT ${names.join(", ")}, n::INTEGER AS n, cooperation::INTEGER AS cooperation,
       round((total / nullif(rated, 0))::NUMERIC(18, 9), 3)::DOUBLE PRECISION AS mean, (count(key0) OVER ())::INTEGER AS groups
     FROM (${
       isPeriod
         ? `SELECT ${named}, sum(n) AS n, sum(cooperation) AS cooperation, sum(total) AS total, sum(rated) AS rated FROM (${counted}) c GROUP BY key0`
         : `SELECT ${named}, n, cooperation, total, rated FROM (${counted}) c ${joins}`
     }) g
     ORDER BY key0 IS NULL DESC, ${isPeriod ? "key0" : `n DESC, ${names.join(", ")}`} ${limit === undefined ? "" : `LIMIT ${values.add(limit + 1)}`}`,
    values.list,
  )
  const isIn = (row: Row) => row.key0 !== null
  const [rows, denominator] = await Promise.all([counting, denominators(session, query, by)])
  return {
    by,
    groups: rows
      .filter(isIn)
      .slice(0, limit)
      .map(row => groupOf(row, names, unit, by, denominator)),
    total: (rows[0]?.groups as number | undefined) ?? 0,
    ungrouped: (rows.find(row => !isIn(row))?.n as number | undefined) ?? 0,
  }
}

/**
 * How a grouping is counted: `inner` are narrow keys of the mention `m`, named `k0` and `k1` in what they are counted into; `keys` and `joins` name
 * the groups by them, `null` where a mention stands in none.
 */
function groupingOf(by: Grouping): {inner: readonly string[]; keys: readonly string[]; joins: string} {
  switch (by) {
    case "day":
    case "week":
    case "month":
    case "year": {
      const period = (day: string) => `date_trunc('${by}', ${day})::DATE`
      return {inner: ["m.day_from", "m.day_to"], keys: [`CASE WHEN ${period("k0")} = ${period("k1")} THEN ${period("k0")}::VARCHAR END`], joins: ""}
    }
    case "dyad":
      return {
        inner: ["unnest(m.dyad_parties)"],
        keys: ["x.name", "y.name"],
        joins: "LEFT JOIN parties x ON x.number = (k0 >> 26) LEFT JOIN parties y ON y.number = (k0 & 67108863)",
      }
    case "actor":
    case "recipient":
      return {inner: [`unnest(m.${by}_parties)`], keys: ["x.name"], joins: "LEFT JOIN parties x ON x.number = k0"}
    case "place":
      return {inner: ["m.place_name"], keys: ["k0"], joins: ""}
    default:
      return {inner: [`m.${by}`], keys: ["k0::VARCHAR"], joins: ""}
  }
}

/** How many reports stand against a group. */
type Denominator = (key: string) => number

async function denominators(session: Session, query: Query, by: Grouping): Promise<Denominator> {
  const values = new Values()
  const isPeriod = periods.includes(by)
  const isSplit = isPeriod || by === "publisher"
  // A period's own reports count, whatever days are asked for: else the first and last would be cut short.
  const where = reportConditions(isPeriod ? withoutDays(query) : query, values)
  const key = by === "publisher" ? "k" : isSplit ? `date_trunc('${by}', k)::DATE::VARCHAR` : "'all'"
  const inner = by === "publisher" ? "r.publisher" : isSplit ? "r.published" : "1"
  const rows = await session.all(
    `SELECT ${key} AS key, sum(n)::INTEGER AS n FROM (SELECT ${inner} AS k, count(*) AS n FROM reports r WHERE ${where} GROUP BY 1) c GROUP BY 1`,
    values.list,
  )
  const numbers = new Map(rows.map(row => [row.key as string, row.n as number]))
  return key => numbers.get(isSplit ? key : "all") ?? 0
}

function withoutDays({since: _since, until: _until, ...rest}: Query): Query {
  return rest
}

function groupOf(row: Row, names: readonly string[], unit: Group["unit"], by: Grouping, denominator: Denominator): Group {
  const keys = names.map(name => row[name] as string)
  const key = keys.join(" ")
  const [count, cooperation] = [row.n as number, row.cooperation as number]
  const reports = denominator(key)
  return {
    key,
    dyad: by === "dyad" ? [keys[0]!, keys[1]!] : null,
    unit,
    count,
    cooperation,
    conflict: count - cooperation,
    meanIntensity: row.mean as number | null,
    reports,
    per1000: reports === 0 ? null : Math.round((count / reports) * 1e6) / 1e3,
  }
}

/** Actors whose name, country or code begins with `begins`; the most told first. */
export async function actors(session: Session, {begins = "", limit = 100}: {readonly begins?: string; readonly limit?: number} = {}): Promise<KnownActor[]> {
  const rows = await session.all(
    `SELECT name, kind, country, sector, code, coalesce(did, 0)::INTEGER AS "asActor", coalesce(got, 0)::INTEGER AS "asRecipient",
       coalesce(said, 0)::INTEGER AS quotes
     FROM actors a
     LEFT JOIN (SELECT s.actor, count(*) FILTER (WHERE role = 'actor') AS did, count(*) FILTER (WHERE role = 'recipient') AS got
                FROM sides s JOIN mentions m ON m.number = s.mention WHERE m.is_current GROUP BY s.actor) s ON s.actor = a.number
     LEFT JOIN (SELECT speaker, count(*) AS said FROM quotes WHERE is_current GROUP BY speaker) q ON q.speaker = a.number
     WHERE (starts_with(folded, $1) OR starts_with(coalesce(code, ''), $2)) AND coalesce(did, 0) + coalesce(got, 0) + coalesce(said, 0) > 0
     ORDER BY coalesce(did, 0) + coalesce(got, 0) + coalesce(said, 0) DESC, name, number LIMIT $3`,
    [begins.toLowerCase(), begins.toUpperCase(), limit],
  )
  return rows as unknown as KnownActor[]
}

/** The first and last day of the present events, and of publication: what a timeline can span. */
export async function span(session: Session): Promise<{readonly first: Day | null; readonly last: Day | null}> {
  const [row] = await session.all("SELECT min(day_from)::VARCHAR AS first, max(day_to)::VARCHAR AS last FROM mentions WHERE is_current AND status = 'actual'")
  return {first: (row?.first as Day | null) ?? null, last: (row?.last as Day | null) ?? null}
}

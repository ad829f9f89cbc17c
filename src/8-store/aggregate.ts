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
  const {keys, joins, isGrouped} = groupingOf(by)
  const names = keys.map((_, at) => `key${at}`)
  const rows = await session.all(
    `SELECT ${names.join(", ")}, count(*)::INTEGER AS n, count(*) FILTER (WHERE quad <= 2)::INTEGER AS cooperation,
       round(avg(intensity)::NUMERIC(18, 9), 3)::DOUBLE PRECISION AS mean, count(*) OVER ()::INTEGER AS total
     FROM (SELECT ${joins.includes("actors") ? "DISTINCT m.number," : ""} m.quad, m.intensity, ${keys.map((key, at) => `${key} AS key${at}`).join(", ")} FROM ${from} ${joins} WHERE ${where} AND ${isGrouped}) g
     GROUP BY ${names.join(", ")} ORDER BY ${periods.includes(by) ? "key0" : `n DESC, ${names.join(", ")}`} ${limit === undefined ? "" : `LIMIT ${values.add(limit)}`}`,
    values.list,
  )
  const outside = new Values()
  const scope = await scopeOf(session, query, unit, outside)
  const [left] = await session.all(
    `SELECT count(*)::INTEGER AS n FROM ${scope.from} ${by === "publisher" ? joins : ""} WHERE ${scope.where} AND NOT (${ungroupedTest(by)})`,
    outside.list,
  )
  const denominator = await denominators(session, query, by)
  return {
    by,
    groups: rows.map(row => groupOf(row, names, unit, by, denominator)),
    total: (rows[0]?.total as number | undefined) ?? 0,
    ungrouped: left?.n as number,
  }
}

/** The SQL of a grouping's keys on `m`, what has to be joined for it, and when a mention has such a key. */
function groupingOf(by: Grouping): {keys: readonly string[]; joins: string; isGrouped: string} {
  const period = (from: string) => `date_trunc('${by}', ${from})::DATE`
  switch (by) {
    case "day":
    case "week":
    case "month":
    case "year":
      return {keys: [`${period("m.day_from")}::VARCHAR`], joins: "", isGrouped: ungroupedTest(by)}
    case "dyad":
      return {
        keys: ["x.party", "y.party"],
        joins: "JOIN dyads d ON d.mention = m.number JOIN actors x ON x.number = d.actor JOIN actors y ON y.number = d.recipient",
        isGrouped: "true",
      }
    case "actor":
    case "recipient":
      return {keys: ["a.party"], joins: `JOIN sides s ON s.mention = m.number AND s.role = '${by}' JOIN actors a ON a.number = s.actor`, isGrouped: "true"}
    case "publisher":
      return {keys: ["p.publisher"], joins: "JOIN reports p ON p.number = m.report", isGrouped: ungroupedTest(by)}
    case "place":
      return {keys: ["m.place_name"], joins: "", isGrouped: ungroupedTest(by)}
    case "mode":
      return {keys: ["m.mode"], joins: "", isGrouped: ungroupedTest(by)}
    default:
      return {keys: [`m.${by}::VARCHAR`], joins: "", isGrouped: "true"}
  }
}

/** When a mention stands in a group of its own accord. */
function ungroupedTest(by: Grouping): string {
  switch (by) {
    case "day":
    case "week":
    case "month":
    case "year":
      return `coalesce(date_trunc('${by}', m.day_from) = date_trunc('${by}', m.day_to), false)`
    case "dyad":
      return "m.number IN (SELECT d.mention FROM dyads d)"
    case "actor":
    case "recipient":
      return `m.number IN (SELECT s.mention FROM sides s WHERE s.role = '${by}')`
    case "publisher":
      return "p.publisher IS NOT NULL"
    case "place":
      return "m.place_name IS NOT NULL"
    case "mode":
      return "m.mode IS NOT NULL"
    default:
      return "true"
  }
}

/** How many reports stand against a group. */
type Denominator = (key: string) => number

async function denominators(session: Session, query: Query, by: Grouping): Promise<Denominator> {
  const values = new Values()
  const isSplit = periods.includes(by) || by === "publisher"
  // A period's own reports count, whatever days are asked for: else the first and last would be cut short.
  const where = reportConditions(periods.includes(by) ? withoutDays(query) : query, values)
  const key = by === "publisher" ? "r.publisher" : isSplit ? `date_trunc('${by}', r.published)::DATE::VARCHAR` : "'all'"
  const rows = await session.all(`SELECT ${key} AS key, count(*)::INTEGER AS n FROM reports r WHERE ${where} GROUP BY 1`, values.list)
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

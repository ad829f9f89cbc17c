import type {EventPlace, PlaceCount} from "../0-records/index.ts"
import {scopeOf} from "./ask.ts"
import {type Session, Values} from "./database.ts"
import type {Query} from "./query.ts"

/** Where things happened, with what stands on no map. */
export type Places = {
  /** Known to the level of a city or point, the largest count first; none that shares its name, country and coordinates with another. */
  readonly points: readonly PlaceCount[]
  /** Told only as a country or a region of one: a row for each country. */
  readonly countries: readonly PlaceCount[]
  /** At a point that `limit` left out. */
  readonly more: number
  /** At sea, or where no country is known. */
  readonly elsewhere: number
  /** Without a place. */
  readonly unplaced: number
}

/** Counts by place; all its numbers together are the count of what the query lets pass. */
export async function places(
  session: Session,
  query: Query,
  {unit = "events", limit = 2000}: {readonly unit?: "mentions" | "events"; readonly limit?: number} = {},
): Promise<Places> {
  const values = new Values()
  const {from, where} = await scopeOf(session, query, unit, values)
  const found = await session.all(
    `SELECT is_placed, name, country, level, lat, lon, sum(n)::INTEGER AS n, sum(cooperation)::INTEGER AS cooperation
     FROM (SELECT m.place_name IS NOT NULL AS is_placed, m.place_country AS country, m.place_lat AS lat, m.place_lon AS lon,
             CASE WHEN m.place_lat IS NULL THEN NULL ELSE m.place_name END AS name,
             CASE WHEN m.place_lat IS NULL THEN NULL ELSE m.place_level END AS level, n, cooperation
           FROM (SELECT m.place_name, m.place_country, m.place_level, m.place_lat, m.place_lon, count(*) AS n, count(*) FILTER (WHERE m.quad <= 2) AS cooperation
                 FROM ${from} WHERE ${where} GROUP BY m.place_name, m.place_country, m.place_level, m.place_lat, m.place_lon) m) p
     GROUP BY is_placed, name, country, level, lat, lon ORDER BY n DESC, name, country, lat, lon`,
    values.list,
  )
  const rows = found.filter(({is_placed}) => is_placed)
  const all = rows.map(({name, country, level, lat, lon, n, cooperation}) => ({
    name: (name ?? country) as string,
    country: country as string | null,
    level: (level ?? "country") as EventPlace["level"],
    lat: lat as number | null,
    lon: lon as number | null,
    count: n as number,
    cooperation: cooperation as number,
    conflict: (n as number) - (cooperation as number),
  }))
  const points = all.filter(({lat}) => lat !== null)
  const sum = (some: readonly PlaceCount[]) => some.reduce((total, {count}) => total + count, 0)
  return {
    points: points.slice(0, limit),
    countries: all.filter(({lat, country}) => lat === null && country !== null),
    more: sum(points.slice(limit)),
    elsewhere: sum(all.filter(({lat, country}) => lat === null && country === null)),
    unplaced: found.filter(({is_placed}) => !is_placed).reduce((total, {n}) => total + (n as number), 0),
  }
}

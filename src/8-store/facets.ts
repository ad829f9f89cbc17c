import {scopeOf} from "./ask.ts"
import {type Session, Values} from "./database.ts"
import type {Query} from "./query.ts"

/** What the page that explores lists the largest groups of. */
export const facetNames = ["type", "actor", "recipient", "place", "publisher"] as const

/** The largest groups of each kind, as `aggregate` counts them. */
export type Facets = Readonly<Record<(typeof facetNames)[number], readonly {readonly key: string; readonly count: number}[]>>

const sides = (role: "actor" | "recipient") =>
  `SELECT '${role}' AS facet, p.name AS key, s.n FROM (SELECT k, count(*)::INTEGER AS n FROM (SELECT unnest(c.${role}_parties) AS k FROM c) u GROUP BY k) s
   JOIN parties p ON p.number = s.k`

const column = (facet: keyof Facets, name: string) =>
  `SELECT '${facet}' AS facet, c.${name} AS key, count(*)::INTEGER AS n FROM c WHERE c.${name} IS NOT NULL GROUP BY c.${name}`

const groups = [column("type", "type"), column("place", "place_name"), column("publisher", "publisher"), sides("actor"), sides("recipient")].join(" UNION ALL ")

/** One statement for all, since each alone would find anew what the query lets pass. */
export async function facets(
  session: Session,
  query: Query,
  {unit = "events", limit = 8}: {readonly unit?: "mentions" | "events"; readonly limit?: number} = {},
): Promise<Facets> {
  const values = new Values()
  const {from, where} = await scopeOf(session, query, unit, values)
  const rows = await session.all(
    `WITH c AS MATERIALIZED (SELECT m.type, m.place_name, m.publisher, m.actor_parties, m.recipient_parties FROM ${from} WHERE ${where}),
     g AS (${groups})
     SELECT facet, key, n FROM (SELECT facet, key, n, row_number() OVER (PARTITION BY facet ORDER BY n DESC, key) AS place FROM g) t
     WHERE place <= ${values.add(limit)} ORDER BY facet, place`,
    values.list,
  )
  const of = (name: keyof Facets) => rows.filter(({facet}) => facet === name).map(({key, n}) => ({key: key as string, count: n as number}))
  return Object.fromEntries(facetNames.map(name => [name, of(name)])) as unknown as Facets
}

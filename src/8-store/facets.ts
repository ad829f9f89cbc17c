import {scopeOf} from "./ask.ts"
import {type Session, Values} from "./database.ts"
import type {Query} from "./query.ts"

/** What the page that explores lists the largest groups of. */
export const facetNames = ["type", "actor", "recipient", "place", "publisher"] as const
export type FacetName = (typeof facetNames)[number]

/** The largest groups of each kind, as `aggregate` counts them. */
export type Facets = Readonly<Record<FacetName, readonly {readonly key: string; readonly count: number}[]>>

const sides = (role: "actor" | "recipient") =>
  `SELECT '${role}' AS facet, p.name AS key, s.n FROM (SELECT k, count(*)::INTEGER AS n FROM (SELECT unnest(c.${role}_parties) AS k FROM c) u GROUP BY k) s
   JOIN parties p ON p.number = s.k`

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
     g AS (
       SELECT 'type' AS facet, c.type AS key, count(*)::INTEGER AS n FROM c GROUP BY c.type
       UNION ALL SELECT 'place' AS facet, c.place_name AS key, count(*)::INTEGER AS n FROM c WHERE c.place_name IS NOT NULL GROUP BY c.place_name
       UNION ALL SELECT 'publisher' AS facet, c.publisher AS key, count(*)::INTEGER AS n FROM c WHERE c.publisher IS NOT NULL GROUP BY c.publisher
       UNION ALL ${sides("actor")}
       UNION ALL ${sides("recipient")}
     )
     SELECT facet, key, n FROM (SELECT facet, key, n, row_number() OVER (PARTITION BY facet ORDER BY n DESC, key) AS place FROM g) t
     WHERE place <= ${values.add(limit)} ORDER BY facet, place`,
    values.list,
  )
  const of = (name: FacetName) => rows.filter(({facet}) => facet === name).map(({key, n}) => ({key: key as string, count: n as number}))
  return Object.fromEntries(facetNames.map(name => [name, of(name)])) as unknown as Facets
}

import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import type {Group} from "../0-records/index.ts"
import {facetNames, groupings, type Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import {failures} from "./failure.ts"
import {filters, queryOf} from "./query.ts"

const group = z
  .object({
    key: z.string(),
    dyad: z.tuple([z.string(), z.string()]).nullable(),
    unit: z.enum(["mentions", "events"]),
    count: z.int(),
    cooperation: z.int(),
    conflict: z.int(),
    meanIntensity: z.number().nullable(),
    reports: z.int().openapi({description: "Reports that the count is out of."}),
    per1000: z.number().nullable().openapi({description: "`count` for each 1,000 of these reports."}),
  })
  .openapi("Group", {description: "An event counts once in each of its dyads, and once in totals."})

const aggregate = z
  .object({
    by: z.enum(groupings),
    unit: z.enum(["mentions", "events"]),
    groups: z.array(group),
    total: z.int().openapi({description: "Groups there are, those over `limit` included."}),
    ungrouped: z.int(),
  })
  .openapi("Aggregate")

const settings = {
  unit: z.enum(["events", "mentions"]).default("events"),
  limit: z.coerce.number().int().min(1).max(5000).optional().openapi({description: "Most groups; all of them where absent."}),
}

const timeline = createRoute({
  method: "get",
  path: "/api/v1/timeline",
  summary: "Counts by period, type, place or another grouping",
  request: {query: filters.extend({by: z.enum(groupings).default("week"), ...settings})},
  responses: {
    200: {description: "Periods in their order; else the largest group first.", content: {"application/json": {schema: aggregate}}},
    ...failures(400, 403),
  },
})

const dyads = createRoute({
  method: "get",
  path: "/api/v1/dyads",
  summary: "Dyads, the busiest first: the edges of a network",
  request: {query: filters.extend(settings)},
  responses: {200: {description: "Dyads with their counts.", content: {"application/json": {schema: aggregate}}}, ...failures(400, 403)},
})

const network = createRoute({
  method: "get",
  path: "/api/v1/network",
  summary: "The network: who stands in the busiest dyads, and these as its edges",
  request: {query: filters.extend(settings)},
  responses: {
    200: {
      description: "Nodes by what their edges come to, the most first; edges as of `dyads`.",
      content: {
        "application/json": {
          schema: z
            .object({
              unit: aggregate.shape.unit,
              nodes: z.array(z.object({name: z.string(), asActor: z.int(), asRecipient: z.int()})),
              edges: z.array(group),
              total: z.int().openapi({description: "Edges there are, those over `limit` included."}),
            })
            .openapi("Network"),
        },
      },
    },
    ...failures(400, 403),
  },
})

const facet = z.array(z.object({key: z.string(), count: z.int()}))

const facetsRoute = createRoute({
  method: "get",
  path: "/api/v1/facets",
  summary: "The largest groups of types, sides, places and publishers at once",
  request: {
    query: filters.extend({unit: settings.unit, limit: z.coerce.number().int().min(1).max(100).default(8).openapi({description: "Most groups of each kind."})}),
  },
  responses: {
    200: {
      description: "Groups by their kind, the largest first.",
      content: {"application/json": {schema: z.object(Object.fromEntries(facetNames.map(name => [name, facet]))).openapi("Facets")}},
    },
    ...failures(400, 403),
  },
})

/** Who stands in dyads, with what is counted of each on either side. */
function nodesOf(edges: readonly Group[]): {readonly name: string; readonly asActor: number; readonly asRecipient: number}[] {
  const nodes = new Map<string, {name: string; asActor: number; asRecipient: number}>()
  for (const {dyad, count} of edges) {
    for (const [at, name] of dyad!.entries()) {
      const node = nodes.get(name) ?? {name, asActor: 0, asRecipient: 0}
      nodes.set(name, node)
      node[at === 0 ? "asActor" : "asRecipient"] += count
    }
  }
  const all = ({asActor, asRecipient}: {asActor: number; asRecipient: number}) => asActor + asRecipient
  return [...nodes.values()].sort((a, b) => all(b) - all(a) || (a.name < b.name ? -1 : 1))
}

/** `/api/v1/timeline`, `/api/v1/dyads`, `/api/v1/network` and `/api/v1/facets`. */
export function addTimeline(app: OpenAPIHono, store: Store, coder: Coder): void {
  app.openapi(timeline, async c => {
    const {by, unit, limit, ...given} = c.req.valid("query")
    return c.json({...(await store.aggregate(queryOf(given, coder), {by, unit, ...(limit !== undefined && {limit})})), unit} as z.infer<typeof aggregate>, 200)
  })
  app.openapi(facetsRoute, async c => {
    const {unit, limit, ...given} = c.req.valid("query")
    return c.json({...(await store.facets(queryOf(given, coder), {unit, limit}))} as unknown as Record<string, z.infer<typeof facet>>, 200)
  })
  const byDyad = (given: z.output<typeof filters>, options: {unit: "events" | "mentions"; limit: number | undefined}) =>
    store.aggregate(queryOf(given, coder), {by: "dyad", unit: options.unit, ...(options.limit !== undefined && {limit: options.limit})})
  app.openapi(dyads, async c => {
    const {unit, limit, ...given} = c.req.valid("query")
    return c.json({...(await byDyad(given, {unit, limit})), unit} as z.infer<typeof aggregate>, 200)
  })
  app.openapi(network, async c => {
    const {unit, limit, ...given} = c.req.valid("query")
    const {groups, total} = await byDyad(given, {unit, limit})
    return c.json({unit, nodes: nodesOf(groups), edges: groups as z.infer<typeof group>[], total}, 200)
  })
}

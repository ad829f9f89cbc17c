import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import type {Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import {count} from "./events.ts"
import {failures} from "./failure.ts"
import {filters, queryOf} from "./query.ts"

const place = z
  .object({
    name: z.string(),
    country: z.string().nullable(),
    level: z.enum(["point", "city", "region", "country", "sea", "unknown"]),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    count: z.int(),
    cooperation: z.int(),
    conflict: z.int(),
  })
  .openapi("PlaceCount")

const places = z
  .object({
    count,
    points: z.array(place).openapi({description: "Places known to a point, the largest count first."}),
    countries: z.array(place).openapi({description: "What is told of a country or a region of it only."}),
    more: z.int().openapi({description: "At points that `limit` left out."}),
    elsewhere: z.int().openapi({description: "At sea, or where no country is known."}),
    unplaced: z.int().openapi({description: "Without a place."}),
  })
  .openapi("Places", {description: "`count.count` is the sum of all its points, countries, `more`, `elsewhere` and `unplaced`."})

const route = createRoute({
  method: "get",
  path: "/api/v1/places",
  summary: "Counts by place: what a map draws",
  request: {
    query: filters.extend({
      unit: z.enum(["events", "mentions"]).default("events"),
      limit: z.coerce.number().int().min(1).max(5000).default(2000).openapi({description: "Most points."}),
    }),
  },
  responses: {200: {description: "Points and countries.", content: {"application/json": {schema: places}}}, ...failures(400, 403)},
})

/** `/api/v1/places` */
export function addPlaces(app: OpenAPIHono, store: Store, coder: Coder): void {
  app.openapi(route, async c => {
    const {unit, limit, ...given} = c.req.valid("query")
    const query = queryOf(given, coder)
    const [count, found] = await Promise.all([store.count(query, unit), store.places(query, {unit, limit})])
    return c.json({count, ...found} as z.infer<typeof places>, 200)
  })
}

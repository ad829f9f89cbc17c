import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import type {Store} from "../8-store/index.ts"
import {failures} from "./failure.ts"
import {limit} from "./query.ts"

const actor = z
  .object({
    name: z.string(),
    kind: z.string(),
    country: z.string().nullable(),
    sector: z.string().nullable(),
    code: z.string().nullable(),
    asActor: z.int().openapi({description: "Mentions in which it acts."}),
    asRecipient: z.int().openapi({description: "Mentions in which it is acted upon."}),
    quotes: z.int(),
  })
  .openapi("KnownActor")

const route = createRoute({
  method: "get",
  path: "/api/v1/actors",
  summary: "Who is told of, the most told first",
  request: {query: z.object({begins: z.string().max(500).default("").openapi({description: "How the name or the code begins."}), limit})},
  responses: {
    200: {description: "The actors.", content: {"application/json": {schema: z.object({actors: z.array(actor)}).openapi("ActorList")}}},
    ...failures(400, 403),
  },
})

/** `/api/v1/actors` */
export function addActors(app: OpenAPIHono, store: Store): void {
  app.openapi(route, async c => c.json({actors: await store.actors(c.req.valid("query"))}, 200))
}

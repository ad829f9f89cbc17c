import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import type {Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import {failures} from "./failure.ts"
import {codeOf, limit} from "./query.ts"

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

const {asActor: _did, asRecipient: _got, quotes: _said, ...who} = actor.shape

const told = z
  .object({
    ...who,
    told: z.int().openapi({description: "Mentions and quotes in which it is meant."}),
    from: z.string().nullable().openapi({description: "Day of the first report of it."}),
    to: z.string().nullable().openapi({description: "Day of the last one."}),
    said: z
      .object({text: z.string(), basis: z.enum(["stated", "resolved", "known", "implied"]), row: z.string(), report: z.string()})
      .openapi({description: "Where it is said most plainly: the words, how they came to mean it, and the row of which report."}),
  })
  .openapi("ToldActor")

const office = z
  .object({
    name: z.string(),
    country: z.string().nullable(),
    duty: z.string(),
    sector: z.string().nullable(),
    from: z.string().nullable().openapi({description: "First day that is known."}),
    to: z.string().nullable().openapi({description: "Last day that is known."}),
    isOpen: z.boolean().openapi({description: "Whether no end is known."}),
    isRecalled: z.boolean().openapi({description: "Whether it comes from memory and not from a source."}),
  })
  .openapi("HeldOffice")

const oneRoute = createRoute({
  method: "get",
  path: "/api/v1/actors/{who}",
  summary: "Who somebody is and since when, with the words and tables that say so",
  request: {
    params: z.object({who: z.string().min(1).max(500).openapi({description: "A name, a country's code or a code such as USAGOV. Percent-encoded."})}),
    query: z.object({limit}),
  },
  responses: {
    200: {
      description: "What reports tell, the most told first, and what the tables know.",
      content: {"application/json": {schema: z.object({told: z.array(told), offices: z.array(office)}).openapi("WhoItIs")}},
    },
    ...failures(400, 403),
  },
})

/** `/api/v1/actors` and `/api/v1/actors/{who}` */
export function addActors(app: OpenAPIHono, store: Store, coder: Coder): void {
  app.openapi(route, async c => c.json({actors: await store.actors(c.req.valid("query"))}, 200))
  app.openapi(oneRoute, async c => {
    const {who} = c.req.valid("param")
    return c.json({told: await store.told(codeOf(who, coder), c.req.valid("query")), offices: [...coder.offices(who)]}, 200)
  })
}

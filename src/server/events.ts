import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import {expectQuoteFilters, type Query, type Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import {failures} from "./failure.ts"
import {cursor, dayCursor, filters, limit, queryOf, quoteFilters, skip} from "./query.ts"
import {event, quote} from "./records.ts"

export const count = z
  .object({
    unit: z.enum(["mentions", "events", "quotes", "stories"]),
    count: z.int(),
    leftOut: z
      .object({status: z.int(), confidence: z.int(), undated: z.int()})
      .openapi({description: "What all other filters let pass: of another status, less sure, without a day where days are asked for."}),
    reports: z.int().openapi({description: "Reports that the count is out of."}),
    ingested: z.int().openapi({description: "Reports in the store."}),
  })
  .openapi("Count")

const next = z.string().nullable()

const paged = {limit, cursor: cursor(dayCursor)}
const jumped = {...paged, skip}

const pages = <Row extends z.ZodType>(name: string, row: Row) => ({
  200: {
    description: "A page of them, and how many there are.",
    content: {"application/json": {schema: z.object({count, rows: z.array(row), next}).openapi(name)}},
  },
  ...failures(400, 403),
})
const eventPages = pages("EventPage", event)
const quotePages = pages("QuotePage", quote)

type PageOf<Responses extends ReturnType<typeof pages>> = z.infer<Responses[200]["content"]["application/json"]["schema"]>

const events = createRoute({
  method: "get",
  path: "/api/v1/events",
  summary: "Events or their mentions, the latest day first",
  request: {query: filters.extend({unit: z.enum(["events", "mentions"]).default("events"), ...jumped})},
  responses: eventPages,
})

const mentions = createRoute({
  method: "get",
  path: "/api/v1/mentions",
  summary: "Mentions of events, the latest day first",
  request: {query: filters.extend(jumped)},
  responses: eventPages,
})

const quotes = createRoute({
  method: "get",
  path: "/api/v1/quotes",
  summary: "Quotes, of the report published last first",
  request: {query: quoteFilters.extend(paged)},
  responses: quotePages,
})

type Page = {readonly limit: number; readonly cursor?: string | undefined; readonly skip?: number}

/** `/api/v1/events`, `/api/v1/mentions` and `/api/v1/quotes`. */
export function addEvents(app: OpenAPIHono, store: Store, coder: Coder): void {
  async function pageOf(query: Query, unit: "events" | "mentions" | "quotes", {limit, cursor, skip}: Page) {
    const [count, {rows, next}] = await Promise.all([
      store.count(query, unit),
      store[unit](query, {limit, ...(skip !== undefined && {skip}), ...(cursor !== undefined && {after: cursor})}),
    ])
    return {count, rows, next}
  }
  app.openapi(events, async c => {
    const {unit, limit, cursor, skip, ...given} = c.req.valid("query")
    return c.json((await pageOf(queryOf(given, coder), unit, {limit, cursor, skip})) as PageOf<typeof eventPages>, 200)
  })
  app.openapi(mentions, async c => {
    const {limit, cursor, skip, ...given} = c.req.valid("query")
    return c.json((await pageOf(queryOf(given, coder), "mentions", {limit, cursor, skip})) as PageOf<typeof eventPages>, 200)
  })
  app.openapi(quotes, async c => {
    const {limit, cursor, ...given} = c.req.valid("query")
    expectQuoteFilters(c.req.queries())
    return c.json((await pageOf(queryOf(given, coder), "quotes", {limit, cursor})) as PageOf<typeof quotePages>, 200)
  })
}
